"""Requests made from the document, and what is wrong with one."""
