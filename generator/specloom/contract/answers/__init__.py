"""What the document says of answers, and what is wrong with one."""
