"""In which language somebody is spoken to: their own choice, else this browser's."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from posthub.accounts.noting import note

Answer = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """By cookie, else by Accept-Language; the addresses carry no language."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        language = translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or language)
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
            return response


class PersonLanguageMiddleware:
    """A signed-in person's own choice goes before the browser's, and their organization's where they made none."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        language = ""
        if request.session.session_key and request.user.is_authenticated:
            chosen_here = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
            language = request.user.language or (
                "" if chosen_here else getattr(request.tenant, "language", "")
            )
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return self.get_response(request)


class SignInMiddleware:
    """Sessions in use are noted, so that their owner sees them and may end one from another."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 500:
            note(request, request.user)
        return response
