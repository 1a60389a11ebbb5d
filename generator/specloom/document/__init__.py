"""A document as text, tree and places: reading it, lifting it, correcting it, checking it."""
