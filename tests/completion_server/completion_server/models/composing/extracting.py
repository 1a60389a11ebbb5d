"""Turns a text into less of it, or into the same text put right; adds no word of its own."""

import re
from collections import Counter

from completion_server.models.composing.assignment import Assignment

SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f])|\n+")
WORD = re.compile(r"\w{1,40}(?:'\w{1,10})?")
LEAST_LETTERS = 4
LONGEST_SENTENCE = 300
COMMON = frozenset(
    WORD.findall("""
        about above after again also been before being below between both could does each following
        from have having here into itself just more most only other over please same should some
        such text than that their them then there these they this those through under until very
        were what when where which while will with would write your
    """)
)
MISSPELT = {
    "alot": "a lot", "becuase": "because", "definately": "definitely", "dont": "don't",
    "freind": "friend", "i": "I", "im": "I'm", "occured": "occurred", "recieve": "receive",
    "recieved": "received", "seperate": "separate", "teh": "the", "thier": "their",
    "tommorow": "tomorrow", "untill": "until", "wich": "which", "wont": "won't",
}  # fmt: skip


def summarised(assignment: Assignment) -> str:
    """Give the sentences whose words are the most frequent, in their order."""
    every = list(dict.fromkeys(sentences(assignment.subject)))
    weights = Counter(content_words(assignment.subject))
    wanted = assignment.count(default=max(1, min(3, len(every) // 3)))
    best = sorted(every, key=lambda sentence: -_weight(sentence, weights))[:wanted]
    return " ".join(sentence for sentence in every if sentence in best)


def keywords(assignment: Assignment) -> str:
    """Give the most frequent words, the most frequent first."""
    most = Counter(content_words(assignment.subject)).most_common(assignment.count(default=5))
    return ", ".join(word for word, _ in most) or assignment.topic


def corrected(assignment: Assignment) -> str:
    """Give the text with its usual misspellings, doubled words, spaces and capitals put right."""
    text = WORD.sub(_spelt, " ".join(assignment.subject.split()))
    text = re.sub(r"\b(\w{1,40})(?: \1\b)+", r"\1", text)
    text = re.sub(
        r" ?([,;])(?=[^\W\d])| (?=[,.;:!?])", lambda it: f"{it[1]} " if it[1] else "", text
    )
    return " ".join(_finished(sentence) for sentence in sentences(text))


def answered(assignment: Assignment) -> str:
    """Give the sentence that shares most words with the question; nothing if none shares any."""
    asked = Counter(set(content_words(assignment.instruction)))
    best = max(sentences(assignment.material), key=lambda it: _weight(it, asked), default="")
    return best if _weight(best, asked) else ""


def sentences(text: str) -> list[str]:
    """Cut a text into sentences, each in at most 300 characters."""
    found = (" ".join(sentence.split()) for sentence in SENTENCE_END.split(text))
    return [shortened(sentence) for sentence in found if sentence]


def shortened(sentence: str) -> str:
    """Give the sentence, its end left out where it is long."""
    if len(sentence) <= LONGEST_SENTENCE:
        return sentence
    return (sentence[:LONGEST_SENTENCE].rpartition(" ")[0] or sentence[:LONGEST_SENTENCE]) + "…"


def content_words(text: str) -> list[str]:
    """Give the words that carry a meaning, in lower case."""
    words = (word.lower() for word in WORD.findall(text))
    return [word for word in words if len(word) >= LEAST_LETTERS and word not in COMMON]


def _weight(sentence: str, weights: Counter[str]) -> int:
    return sum(weights[word] for word in set(content_words(sentence)))


def _spelt(found: re.Match[str]) -> str:
    right = MISSPELT.get(found[0].lower(), found[0])
    return right[0].upper() + right[1:] if found[0][0].isupper() else right


def _finished(sentence: str) -> str:
    return (
        sentence[0].upper()
        + sentence[1:]
        + ("" if sentence[-1] in ".!?…\u3002\uff01\uff1f" else ".")
    )
