"""Servers that are subtly wrong, each in one way, for contract tests to find."""
