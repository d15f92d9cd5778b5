"""The one library all families register in."""

from django.template import Library

from posthub.ui.component import compile_slot
from posthub.ui.numbers import grouped, percent
from posthub.ui.typography import tied

register = Library()
register.tag("slot", compile_slot)
register.filter("grouped", grouped)
register.filter("percent", percent)
register.filter("tied", tied)
