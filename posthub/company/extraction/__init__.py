"""From a reading of a website to the points of a company's DNA."""

from posthub.company.extraction.merge import Findings, find_all, find_dna

__all__ = ["Findings", "find_all", "find_dna"]
