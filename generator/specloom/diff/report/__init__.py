"""A difference into what people and programs read, one file a format."""
