"""The built-in provider: no key, no network, the same answer for the same question.

It writes only what its inputs say, joined by its own writing patterns, in Czech and English.
"""
