"""The phases that schemathesis lacks."""
