"""Turns a prompt into a text that answers it; knows nothing of pieces, pauses and images.

What is asked for is read from the first line that names a task; nothing is understood further.
"""

import re
from collections.abc import Callable

from completion_server.models.composing import extracting, translating, writing
from completion_server.models.composing.assignment import Assignment, assignment_of, dice_of

GREETING = "Hello World! I'm glad to meet you."
GREETINGS = re.compile(r"(?:(?:hello|hi|hey)\b.{0,20})?", re.IGNORECASE)
WRITE = r"(?:write|draft|compose|create|generate|make|give|tell|suggest|need|want|find)"
MOST_LINES = 20
LONGEST_LINE = 300

Compose = Callable[[Assignment], str]


def _task(pattern: str, compose: Compose) -> tuple[re.Pattern[str], Compose]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE), compose


def _written(nouns: str, compose: Compose) -> tuple[re.Pattern[str], Compose]:
    return _task(rf"{WRITE}\b.{{0,60}}?\b(?:{nouns})", compose)


# Of several that a line names, it is the one named first.
NAMED_TASKS = (
    _task(r"translat", translating.translated),
    _task(r"summar|tl;?dr|condense|shorten|key points", extracting.summarised),
    _task(r"key ?words|extract", extracting.keywords),
    _task(r"correct|proofread|fix (?:the|this|my)\b", extracting.corrected),
    _task(r"rewrite|rephrase|paraphrase|reword|in an? \w+ (?:tone|style):", writing.rewriting),
    _task(r"(?:list|brainstorm)\b", writing.listing),
    _written(r"list|ideas|steps|tips", writing.listing),
    _written(r"poem|verse|haiku|song", writing.poem),
    _written(r"e-?mail|letter|message to", writing.email),
    _written(r"slogan|tagline|headline|title", writing.slogan),
    _written(r"(?:product )?description|advert", writing.description),
    _written(r"story|tale|fable", writing.story),
)
OTHER_TASKS = (
    _task(r"(?:write|draft|compose|create|generate)\b", writing.text),
    _task(r"^(?:\w{1,20}: )?(?:what|who|whose|when|where|why|how|which)\b|.*\?$", writing.answer),
)


def is_assignment(prompt: str) -> bool:
    """Whether a prompt names a task or asks a question."""
    return _found(prompt.splitlines()) is not None


def composed(prompt: str, seed: int) -> str:
    """Give an answer to any prompt, the same for the same seed."""
    lines = prompt.strip().splitlines()
    if GREETINGS.fullmatch(" ".join(lines)):
        return GREETING
    found = _found(lines)
    if found is None:
        return writing.remark(Assignment("", prompt, dice_of(lines, seed)))
    index, compose = found
    assignment = assignment_of(lines, index, seed)
    return compose(assignment) or writing.remark(assignment)


def _found(lines: list[str]) -> tuple[int, Compose] | None:
    """Find the line that names a task, and what composes its answer."""
    for tasks in (NAMED_TASKS, OTHER_TASKS):
        for index, line in enumerate(lines[:MOST_LINES]):
            matches = ((task.search(line[:LONGEST_LINE]), compose) for task, compose in tasks)
            found = [(match.end(), compose) for match, compose in matches if match]
            if found:
                return index, min(found, key=lambda it: it[0])[1]
    return None
