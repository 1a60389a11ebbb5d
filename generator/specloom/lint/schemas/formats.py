"""The formats that a schema may name: the OpenAPI Format Registry's, JSON Schema's among them.

Source: spec.openapis.org/registry/format.
"""

from typing import Final

REGISTERED: Final = frozenset(
    {
        # Numbers
        "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "sf-integer",
        "float", "double", "decimal", "decimal128", "double-int", "sf-decimal",
        # Time
        "date", "date-time", "date-time-local", "time", "time-local", "duration", "unixtime",
        "http-date",
        # Names and addresses
        "uuid", "uri", "uri-reference", "uri-template", "iri", "iri-reference", "email",
        "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "json-pointer",
        "relative-json-pointer",
        # Text and bytes
        "binary", "byte", "base64url", "sf-binary", "char", "commonmark", "html", "password",
        "regex", "media-range", "sf-boolean", "sf-string", "sf-token",
    }
)  # fmt: skip

TEXT_FORMATS: Final = frozenset(
    {
        "date", "date-time", "date-time-local", "http-date", "uuid", "uri", "uri-reference",
        "uri-template", "iri", "iri-reference", "email", "idn-email", "hostname", "idn-hostname",
        "ipv4", "ipv6", "json-pointer", "relative-json-pointer", "byte", "base64url", "char",
        "commonmark", "html", "password", "regex", "media-range",
    }
)  # fmt: skip
"""Those of the registered formats that look at text alone."""
