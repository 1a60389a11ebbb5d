"""Rules on the words of ours in a document."""
