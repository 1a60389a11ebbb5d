"""A generated client as its user has it: its methods, what they take, and what they give."""
