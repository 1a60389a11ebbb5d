"""The nine operations, and what they share."""
