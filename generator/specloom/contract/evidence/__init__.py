"""Recorded exchanges as evidence, without a server."""
