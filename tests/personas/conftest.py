"""The company and the browsers are those of the company tests."""

from tests.company.conftest import company, sofia

__all__ = ["company", "sofia"]
