"""specloom: a checked-in OpenAPI document into a typed Python client, and servers held to it."""
