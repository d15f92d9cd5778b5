"""Every mail of the product as people get it, with made-up contents, and one of them to whoever looks."""

import smtplib

from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMultiAlternatives
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from posthub.accounts.mail import CATALOGUE, GROUPS, compose_sample
from posthub.backoffice import operations
from posthub.core.access import admin
from posthub.core.htmx import go
from posthub.core.tenancy import TenantRequest


def letter_in(asked: str | None) -> str:
    """The language asked for, else the one of the page."""
    return asked if asked in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE


@admin
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    language = letter_in(request.GET.get("language"))
    groups = [
        (
            group,
            [(letter, compose_sample(letter.name, to="", language=language).subject) for letter in letters],
        )
        for group, letters in GROUPS
    ]
    context = {
        "groups": groups,
        "count": len(CATALOGUE),
        "language": language,
        "languages": settings.LANGUAGES,
    }
    return render(request, "backoffice/mails.html", context)


@admin
@require_safe
def mail_sample(request: TenantRequest, name: str) -> HttpResponse:
    if name not in CATALOGUE:
        raise Http404
    language = letter_in(request.GET.get("language"))
    mail = compose_sample(name, to=request.user.email, language=language)
    assert isinstance(mail, EmailMultiAlternatives)
    names = list(CATALOGUE)
    place = names.index(name)
    context = {
        "letter": CATALOGUE[name],
        "mail": mail,
        "html": framed(str(mail.alternatives[0][0])),
        "before": names[place - 1] if place else "",
        "after": names[place + 1] if place + 1 < len(names) else "",
        "language": language,
        "languages": settings.LANGUAGES,
    }
    return render(request, "backoffice/mail_sample.html", context)


def framed(html: str) -> str:
    """For a frame that may do nothing at all: its links would open elsewhere, which it is not allowed."""
    return html.replace("<head>", '<head><base target="_blank">', 1)


@admin
@require_POST
def send_mail_sample(request: TenantRequest, name: str) -> HttpResponse:
    """To the person who asks, and nobody else."""
    if name not in CATALOGUE:
        raise Http404
    language = letter_in(request.POST.get("language"))
    try:
        operations.send_sample(name, to=request.user, language=language)
    except (smtplib.SMTPException, OSError):
        messages.error(request, _("The mail could not be sent: the mail server does not answer."))
    else:
        messages.success(request, _("Sent to %(email)s.") % {"email": request.user.email})
    return go(request, f"{request.path.removesuffix('send/')}?language={language}")
