"""Reads a company's website politely, through connections that reach only the public internet."""

from posthub.company.reader.shapes import Block, Limits, Link, Page, Problem, SiteReading
from posthub.company.reader.site import read_site

__all__ = ["Block", "Limits", "Link", "Page", "Problem", "SiteReading", "read_site"]
