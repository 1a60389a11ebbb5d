"""A server that any OpenAPI document makes: what it asks for is checked, what it gives is written.

It shares nothing with the checks that it is for: its own reading, its own validation, its own
answers. Faults that the checks should find are asked for by name.
"""
