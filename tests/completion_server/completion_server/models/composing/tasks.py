"""Turns a prompt into a text that answers it; knows nothing of pieces, pauses and images.

What is asked for is read from the first line that names a task; nothing is understood further.
"""

import re
from collections.abc import Callable

from completion_server.models.composing import extracting, listing, translating, writing
from completion_server.models.composing.assignment import COUNT, Assignment, assignment_of

GREETING = "Hello World! I'm glad to meet you."
INTRODUCTION = (
    "I'm a small model that comes with this server: I translate word by word, sum up, list, write,"
    " and answer questions from a text in the prompt."
)
WRITE = r"(?:write|draft|compose|create|generate|make|give|tell|suggest|need|want|find)"
THINGS = "|".join(listing.THINGS)
MOST_LINES = 20
LONGEST_LINE = 300

Compose = Callable[[Assignment], str]
Task = tuple[re.Pattern[str], Compose]


def _task(pattern: str, compose: Compose) -> Task:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE), compose


def _written(nouns: str, compose: Compose) -> Task:
    return _task(rf"{WRITE}\b.{{0,60}}?\b(?:{nouns})s?\b", compose)


# Of several that a line names, it is the one named first.
TASKS: tuple[tuple[Task, ...], ...] = (
    (
        _task(r"translat(?:e|ed|ing|ion)\b", translating.translated),
        _task(r"summar\w*|sum up|tl;?dr|condense|shorten|key points", extracting.summarised),
        _task(r"(?:list|brainstorm)\b", listing.listed),
        _task(rf"(?:{COUNT}|some|few) (?:\w+ ){{0,2}}?(?:{THINGS})\b", listing.listed),
        _written(r"list|idea|step|tip|way|reason", listing.listed),
        _written(r"poem|verse|haiku|limerick|song", writing.poem),
        _written(r"e-?mail|letter|message", writing.email),
        _written(r"slogan|tagline|headline|title", writing.slogan),
        _written(r"(?<!job )description|ad(?:vert)?", writing.description),
        _written(r"story|tale|fable", writing.story),
    ),
    (
        _task(r"(?:write|draft|compose|create|generate|explain|describe)\b", writing.text),
        _task(r"tell me (?=about\b)", writing.text),
    ),
    (
        _task(r"^(?:hello|hi|hey)\b", lambda _: GREETING),
        _task(r"^(?:who are|what can|what are) you\b", lambda _: INTRODUCTION),
    ),
    (
        _task(
            r"^(?:\w{1,20}: )?(?=.*\?$|(?:what|who|whose|when|where|why|how|which)\b)",
            extracting.answered,
        ),
    ),
)


def is_assignment(prompt: str) -> bool:
    """Whether a prompt names a task or asks a question."""
    return _found(prompt.splitlines()) is not None


def composed(prompt: str, seed: int) -> str:
    """Give an answer to any prompt, the same for the same seed."""
    lines = prompt.strip().splitlines()
    if not lines:
        return GREETING
    found = _found(lines)
    if found is None:
        return f"You wrote: “{lines[0][:LONGEST_LINE]}”. {INTRODUCTION}"
    index, end, compose = found
    return compose(assignment_of(lines, index, end, seed)) or INTRODUCTION


def _found(lines: list[str]) -> tuple[int, int, Compose] | None:
    """Find the line that names a task, where in it that name ends, and what composes its answer."""
    for tasks in TASKS:
        for index, line in enumerate(lines[:MOST_LINES]):
            matches = ((task.search(line[:LONGEST_LINE]), compose) for task, compose in tasks)
            found = [(match.end(), compose) for match, compose in matches if match]
            if found:
                end, compose = min(found, key=lambda it: it[0])
                return index, end, compose
    return None
