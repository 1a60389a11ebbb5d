"""Rules on what is told in prose and missing in the schema."""
