"""The server under test, and speaking to it with patience and without a trace of its key."""
