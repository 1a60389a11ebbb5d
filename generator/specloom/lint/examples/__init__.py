"""Rules on examples and on how values are encoded."""
