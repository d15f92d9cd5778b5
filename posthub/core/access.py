"""Who may open a URL, declared beside its view. A view without a declaration answers nobody."""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Who(Enum):
    ANYONE = "anyone"  # signed in or not
    PERSON = "person"  # signed in
    MEMBER = "member"  # supervisor of this organization, or staff who look after it
    SUPERVISOR = "supervisor"  # supervisor of this organization only
    STAFF = "staff"  # marketer, manager, admin
    ADMIN = "admin"


def allow(who: Who) -> Callable[[View], View]:
    def declare(view: View) -> View:
        view.who = who  # type: ignore[attr-defined]
        return view

    return declare


anyone = allow(Who.ANYONE)
person = allow(Who.PERSON)
member = allow(Who.MEMBER)
supervisor = allow(Who.SUPERVISOR)
staff = allow(Who.STAFF)
admin = allow(Who.ADMIN)

# Views of libraries cannot carry a declaration of ours; their modules are listed instead.
LIBRARIES: dict[str, Who] = {
    "allauth.account.views": Who.ANYONE,
    # The second step of logging in happens before anybody is signed in; the other views there ask themselves.
    "allauth.mfa.base.views": Who.ANYONE,
    "allauth.mfa.webauthn.views": Who.ANYONE,  # a passkey may be all of the log-in
    "allauth.mfa.": Who.PERSON,
    "django.contrib.admin.": Who.ADMIN,
    "django.contrib.staticfiles.": Who.ANYONE,
    "django.contrib.auth.admin": Who.ADMIN,
    "django.contrib.contenttypes.views": Who.ADMIN,
    "django.views.generic.base": Who.ADMIN,  # the admin's redirects from old addresses
}


def declared(view: Callable[..., Any]) -> Who | None:
    """What `view` declares, None where nobody thought about it."""
    who: Who | None = getattr(view, "who", None)
    if who is not None:
        return who
    owner = getattr(view, "view_class", None) or getattr(view, "admin_site", None).__class__ or view
    for name in (getattr(view, "__module__", ""), getattr(owner, "__module__", "")):
        for module, library_who in LIBRARIES.items():
            if name.startswith(module):
                return library_who
    return None
