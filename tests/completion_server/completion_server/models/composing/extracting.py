"""Turns a text into less of it: a summary, or what it says on a question."""

import re
from collections import Counter

from completion_server.models.composing.assignment import Assignment, shortened

SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f])|\n+")
LABEL = re.compile(r"^[\w ]{1,20}:\s+")
WORD = re.compile(r"\w{3,40}")
LONGEST_SENTENCE = 300
LEAST_WORDS = 3
COMMON = frozenset(
    WORD.findall("""
        about all also and any are because been but can could did does for from had has have her
        here him his how into its more most not one only our out she should some such than that the
        their them then there these they this those very was were what when where which while who
        why will with would you your
    """)
)


def summarised(assignment: Assignment) -> str:
    """Give the sentences whose words are the most frequent; nothing if there is no text."""
    every = list(dict.fromkeys(sentences(assignment.subject)))
    weights = Counter(_content_words(assignment.subject))
    if len(weights) < LEAST_WORDS:
        return ""
    wanted = assignment.count(default=max(1, min(3, len(every) // 3)))
    best = sorted(every, key=lambda sentence: -_weight(sentence, weights))[:wanted]
    return " ".join(sentence for sentence in every if sentence in best)


def answered(assignment: Assignment) -> str:
    """Give the sentence of the material that shares most words with the question."""
    asked = Counter(set(_content_words(assignment.request)))
    best = max(sentences(assignment.material), key=lambda it: _weight(it, asked), default="")
    if not _weight(best, asked):
        return "I know no facts. Put a text that tells it into the prompt, and I'll look there."
    return f"By the text: {LABEL.sub('', best)}"


def sentences(text: str) -> list[str]:
    """Cut a text into sentences, each in at most 300 characters."""
    found = (" ".join(sentence.split()) for sentence in SENTENCE_END.split(text))
    return [shortened(sentence, LONGEST_SENTENCE) for sentence in found if sentence]


def _content_words(text: str) -> list[str]:
    """Give the words that carry a meaning, in lower case and without a plural's s."""
    words = (word.lower() for word in WORD.findall(text))
    return [word.removesuffix("s") for word in words if word not in COMMON]


def _weight(sentence: str, weights: Counter[str]) -> int:
    return sum(weights[word] for word in set(_content_words(sentence)))
