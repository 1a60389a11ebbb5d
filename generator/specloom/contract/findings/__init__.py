"""Failures into findings: grouped, explained or excused."""
