"""The operations, by tag."""
