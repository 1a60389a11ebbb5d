"""Every check of a contract test by name: its code, and what it looks for.

Knows nothing of how a check is made.
"""

from __future__ import annotations

from typing import Final

from specloom.diagnostics import Rule, Severity


def _rule(code: str, name: str, summary: str, explanation: str) -> Rule:
    return Rule(code, name.replace("_", "-"), summary, explanation)


CHECK_RULES: Final[dict[str, Rule]] = {
    name: _rule(code, name, summary, explanation)
    for code, name, summary, explanation in (
        (
            "CON010",
            "status_code_conformance",
            "an answer has a status that the operation doesn't document",
            (
                "A status is documented by itself, by its class (`4XX`) or by `default` (OAS 3.2 "
                "§4.16)."
            ),
        ),
        (
            "CON011",
            "content_type_conformance",
            "an answer has a media type that the operation doesn't document",
            "The Content-Type of an answer must be among those under `content` of its status.",
        ),
        (
            "CON012",
            "response_schema_conformance",
            "an answer's body breaks its schema",
            "The body was held to the schema by JSON Schema 2020-12, formats included.",
        ),
        (
            "CON013",
            "event_stream_events",
            "an event of a stream breaks its schema",
            "Each event was held to `itemSchema`, and its data to `contentSchema`.",
        ),
        (
            "CON014",
            "event_stream_order",
            "the events of a stream follow one another wrongly, or never end",
            (
                "`x-event-stream` says which events end a stream, what may come after, what stays "
                "the same."
            ),
        ),
        (
            "CON016",
            "event_stream_framing",
            "the bytes of an event stream can't be told apart as events",
            (
                "A stream is UTF-8, its lines are fields, and a blank line ends each event (WHATWG "
                "HTML §9.2.6). A parser would forgive the rest, and lose something."
            ),
        ),
        (
            "CON017",
            "stream_selection",
            "a stream was asked for and JSON came back, or the other way round",
            "`x-stream-selector` names the field of the request that chooses between the two.",
        ),
        (
            "CON018",
            "not_a_server_error",
            "the server failed",
            "Whatever is asked, the answer is no 5xx (RFC 9110 §15.6).",
        ),
        (
            "CON019",
            "response_formats",
            "a value breaks the format that its schema gives it",
            (
                "Formats that validators pass over are held here: `decimal`, `byte`, `url` and the "
                "like."
            ),
        ),
        (
            "CON021",
            "unused_known_fault",
            "a known fault was not met",
            (
                "A fault that a server no longer shows hides the next one like it: take it out of "
                "the file."
            ),
        ),
        (
            "CON022",
            "undeclared_fields",
            "an answer has a field that its schema doesn't declare",
            (
                "Looked for where `[contract] undeclared_fields` says so. An object is open whose "
                "schema declares no properties, or says `additionalProperties: true`."
            ),
        ),
        (
            "CON023",
            "undocumented_values",
            "a value is none of those that `x-extensible-enum` lists",
            "A client must bear new values; a server that sends one has a document to complete.",
        ),
        (
            "CON024",
            "equal_values",
            "a value differs from what `x-equals` says it equals",
            "The word takes a runtime expression (OAS 3.2 §4.20.2), such as `$statusCode`.",
        ),
        (
            "CON025",
            "binary_content",
            "a body is not what its media type says",
            "Audio decodes, an image opens, and neither is empty, cut off, or JSON.",
        ),
        (
            "CON026",
            "authentication_challenge",
            "a 401 doesn't say how to authenticate",
            "RFC 9110 §15.5.2 demands WWW-Authenticate.",
        ),
        (
            "CON040",
            "negative_data_rejection",
            "a request that breaks the document was accepted",
            (
                "A request must keep its schemas, parameters and body alike; what breaks them "
                "is due a 4xx. What a server is known to let pass is written down in "
                "`[[contract.expectations]]`."
            ),
        ),
        (
            "CON041",
            "positive_data_acceptance",
            "a request that keeps the document was refused",
            "A rule that stands only in prose is written down in `[[contract.expectations]]`.",
        ),
        (
            "CON042",
            "missing_required_header",
            "a request without a required header was accepted",
            (
                "A header that the document requires can't be left out: the server should "
                "refuse it with 4xx."
            ),
        ),
        (
            "CON043",
            "unsupported_method",
            "a method that the path doesn't have was not refused with 405",
            (
                "405 tells a client that the path is there, and with `Allow` what it takes (RFC"
                " 9110 §15.5.6)."
            ),
        ),
        (
            "CON044",
            "allow_header_conformance",
            "the Allow header lists other methods than the document",
            (
                "`Allow` lists the methods that a path takes (RFC 9110 §10.2.1), and so does "
                "the document."
            ),
        ),
        (
            "CON045",
            "response_headers_conformance",
            "a documented header is missing from an answer, or breaks its schema",
            (
                "See `headers` of the Response Object (OAS 3.2 §4.16): what is `required` must "
                "come, and what comes must fit."
            ),
        ),
        (
            "CON046",
            "use_after_free",
            "a thing is still there after it was deleted",
            (
                "Found by following links of the document: what was deleted is asked for once "
                "more, and must be gone."
            ),
        ),
        (
            "CON047",
            "ensure_resource_availability",
            "a thing that was made can't be found",
            (
                "Found by following links of the document: what was made is asked for at once, "
                "and must be there."
            ),
        ),
        (
            "CON048",
            "ignored_auth",
            "an operation that declares security answers without it",
            "The request was made again without a key, and with a wrong one.",
        ),
        (
            "CON049",
            "object_level_authorization",
            "one identity reaches what is another's",
            "Found by following links of the document as another identity.",
        ),
        (
            "CON050",
            "authentication",
            "a request without a good key was not refused, or one with a good key was",
            (
                "Tried without a key and with wrong ones, on every operation; the scheme's case "
                "doesn't matter (RFC 9110 §11.1)."
            ),
        ),
        (
            "CON051",
            "media_type_rejection",
            "a body of a media type that the operation doesn't take was accepted",
            (
                "The document lists what the operation takes; the rest is due a 415, or another"
                " 4xx (RFC 9110 §15.5.16)."
            ),
        ),
        (
            "CON052",
            "malformed_body_rejection",
            "a body that can't be read, or is no object where one is due, was accepted",
            (
                "Broken JSON, an empty body, or a list in place of an object is due a 4xx, and "
                "is never taken for an empty object."
            ),
        ),
        (
            "CON053",
            "paging",
            "pages are longer than asked for, overlap, or leave something out",
            (
                "`x-pagination` names the parameters and the items; pages of different sizes must "
                "hold the same."
            ),
        ),
        (
            "CON054",
            "stop_ends_stream",
            "a stream goes on, or breaks its order, after it was stopped",
            "`[[contract.stops]]` names the stream and the link that stops it.",
        ),
        (
            "CON055",
            "stream_arrival",
            "a stream came all at once",
            "Events should arrive as they are made; a proxy in between may buffer them.",
        ),
        (
            "CON056",
            "answer",
            "no answer came, or none that HTTP allows",
            "The connection was closed, or the time was up.",
        ),
        (
            "CON057",
            "any_success",
            "no request was ever answered with success",
            "All other checks are worthless then: look whether the key is right, and the base URL.",
        ),
        (
            "CON058",
            "max_response_time",
            "an answer took too long",
            "See `--max-response-time`.",
        ),
        (
            "CON059",
            "scenario",
            "a check of the project's own scenarios failed",
            "`[contract] scenarios` names the files; each check is described there.",
        ),
        (
            "CON060",
            "scenario_error",
            "a scenario could not be played to its end",
            "It raised something other than `Strayed`: an error of the client, or its own.",
        ),
    )
}
"""The rules, by the name of the check."""

OUTSIDE = Rule(
    "CON015",
    "outside-document",
    "a request addresses no documented operation",
    "No path and method of the document matches, so nothing is said of the answer.",
    severity=Severity.INFO,
)

RULES = (*CHECK_RULES.values(), OUTSIDE)


def rule_of(check: str) -> Rule:
    """The rule of a check; one that has no name here is the project's own."""
    return CHECK_RULES.get(check, CHECK_RULES["scenario"])
