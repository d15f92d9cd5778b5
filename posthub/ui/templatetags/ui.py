"""`{% load ui %}`; also a builtin, so templates need not load it."""

from posthub.ui.families import (
    actions,
    book,
    calendars,
    charts,
    content,
    feedback,
    forms,
    inputs,
    labels,
    layout,
    lists,
    navigation,
    review,
    shell,
)
from posthub.ui.library import register

__all__ = [
    "actions",
    "book",
    "calendars",
    "charts",
    "content",
    "feedback",
    "forms",
    "inputs",
    "labels",
    "layout",
    "lists",
    "navigation",
    "register",
    "review",
    "shell",
]
