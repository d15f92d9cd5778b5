"""Times in words: "in 3 hours", "yesterday 9:41", "3 December"."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, npgettext

WEEK = timedelta(days=7)


def described(at: datetime | date, style: str) -> dict[str, str]:
    """What to show (`shown`) and the whole of it (`whole`)."""
    if not isinstance(at, datetime):
        return {"shown": day(at), "whole": day(at, weekday=True)}
    local = timezone.localtime(at) if timezone.is_aware(at) else at
    whole = f"{day(local.date(), weekday=True)} {clock(local)}"
    match style:
        case "full":
            return {"shown": whole, "whole": whole}
        case "date":
            return {"shown": day(local.date()), "whole": whole}
        case "time":
            return {"shown": clock(local), "whole": whole}
        case _:
            return {"shown": relative(local), "whole": whole}


def clock(at: datetime) -> str:
    return f"{at.hour}:{at.minute:02d}"


def day(on: date, *, weekday: bool = False) -> str:
    """The year is said only when it is another one; Czech dates are `3. 12.` with no-break spaces."""
    return _day(on.toordinal(), weekday, on.year == timezone.localdate().year, get_language())


@lru_cache(4096)
def _day(ordinal: int, weekday: bool, this_year: bool, language: str | None) -> str:
    """Kept: a list says the same few days over and over. `language` is the one that is active."""
    on = date.fromordinal(ordinal)
    if language == "cs":
        said = f"{on.day}.\u00a0{on.month}." + ("" if this_year else f"\u00a0{on.year}")
    else:
        said = f"{on.day}\u00a0{date_format(on, 'M')}" + ("" if this_year else f"\u00a0{on.year}")
    if not weekday:
        return said
    name = date_format(on, "D")
    return f"{name.lower() if language == 'cs' else name}\u00a0{said}"


def number(on: date, *, with_month: bool = False) -> str:
    """A day in a month's own table: "3.", with the month "30. 11."; in English 3 and 30 Nov."""
    if get_language() == "cs":
        return f"{on.day}." + (f"\u00a0{on.month}." if with_month else "")
    return f"{on.day}" + (f"\u00a0{date_format(on, 'M')}" if with_month else "")


def relative(at: datetime) -> str:
    now = timezone.localtime() if timezone.is_aware(at) else datetime.now()
    away = at - now
    if abs(away) >= WEEK:
        return day(at.date())
    minutes = round(abs(away).total_seconds() / 60)
    if minutes < 1:
        return gettext("just now")
    ahead = away > timedelta(0)
    if minutes < 60:
        said = (
            ngettext("in %(n)s minute", "in %(n)s minutes", minutes)
            if ahead
            else ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes)
        )
        return said % {"n": minutes}
    days = (at.date() - now.date()).days
    names = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}
    if days in names:
        return f"{names[days]} {clock(at)}"
    said = (
        ngettext("in %(n)s day", "in %(n)s days", days)
        if days > 0
        else ngettext("%(n)s day ago", "%(n)s days ago", -days)
    )
    return said % {"n": abs(days)}


def span(length: timedelta | None) -> str:
    """ "3 hours", "2 days" as a figure stands alone; "–" for none."""
    if length is None:
        return "–"
    unit, count = _measured(length)
    said = {
        "minute": npgettext("a length of time", "%(count)s minute", "%(count)s minutes", count),
        "hour": npgettext("a length of time", "%(count)s hour", "%(count)s hours", count),
        "day": npgettext("a length of time", "%(count)s day", "%(count)s days", count),
    }[unit]
    return said % {"count": count}


def lasting(length: timedelta) -> str:
    """The same in a sentence that says how long something lasts, which is another case in Czech."""
    unit, count = _measured(length)
    said = {
        "minute": ngettext("%(count)s minute", "%(count)s minutes", count),
        "hour": ngettext("%(count)s hour", "%(count)s hours", count),
        "day": ngettext("%(count)s day", "%(count)s days", count),
    }[unit]
    return said % {"count": count}


def _measured(length: timedelta) -> tuple[str, int]:
    minutes = max(1, round(length.total_seconds() / 60))
    if minutes < 90:
        return "minute", minutes
    hours = round(minutes / 60)
    if hours < 48:
        return "hour", hours
    return "day", round(hours / 24)
