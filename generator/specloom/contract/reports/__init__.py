"""What a run found, in every form in which it is told."""
