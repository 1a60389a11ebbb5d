"""A server that a document alone makes: its own reading of parameters, bodies and schemas.

It shares no code with the generator or with what is generated, and reads the document as it was
written. Where a document leaves open what is meant, it takes what can't be called wrong, and makes
nothing that could be; each such place says so.
"""
