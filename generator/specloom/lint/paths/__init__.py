"""Rules on paths and parameters."""
