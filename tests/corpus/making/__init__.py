"""JSON Schemas into values, each choice drawn by hypothesis: answers, and arguments."""
