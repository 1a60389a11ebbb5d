"""A finding made once more."""
