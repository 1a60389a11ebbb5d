"""Rules on operations: what they say, ask for and answer."""
