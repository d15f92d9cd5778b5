"""The one library all families register in."""

from django.template import Library

from posthub.ui.component import compile_slot

register = Library()
register.tag("slot", compile_slot)
