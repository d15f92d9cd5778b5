"""`{% load ui %}`; also a builtin, so templates need not load it."""

from posthub.ui.families import actions, content, feedback, forms, labels, layout, navigation, review, shell
from posthub.ui.library import register

__all__ = [
    "actions",
    "content",
    "feedback",
    "forms",
    "labels",
    "layout",
    "navigation",
    "register",
    "review",
    "shell",
]
