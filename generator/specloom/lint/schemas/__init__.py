"""Rules on schemas."""
