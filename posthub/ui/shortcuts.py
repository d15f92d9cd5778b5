"""What single keys do, on every page of the application."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SHORTCUTS: tuple[tuple[tuple[str | Promise, ...], str | Promise], ...] = (
    (("j", "k"), _("next, previous")),
    (("a",), _("approve")),
    (("c",), _("ask for changes")),
    (("r",), _("regenerate")),
    (("x",), _("reject")),
    (("e",), _("edit")),
    (("h",), _("put off")),
    (("m",), _("comment")),
    (("d",), _("compare versions")),
    (("[", "]"), _("older version, newer version")),
    ((_("Space"),), _("select in the list")),
    (("u",), _("undo, or back to the list")),
    (("/",), _("search")),
    (("g", "d"), _("dashboard")),
    (("g", "i"), _("inbox")),
    (("g", "c"), _("calendar")),
    (("Esc",), _("close")),
)
