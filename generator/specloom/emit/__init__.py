"""The IR and the normalized document into files."""
