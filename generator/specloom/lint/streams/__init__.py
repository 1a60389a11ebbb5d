"""Rules on streams of events."""
