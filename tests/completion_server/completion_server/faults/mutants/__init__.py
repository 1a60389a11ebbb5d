"""Servers that are subtly wrong, each in one way, for contract tests to find.

A new one brings a check that it alone tests, or a class of violation that is not yet here.
"""
