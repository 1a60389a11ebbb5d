"""Turns a topic into a text of a kind, such as a poem, by templates; the dice choose among them."""

import re

from completion_server.models.composing.assignment import Assignment
from completion_server.models.composing.extracting import sentences

ARTICLE = re.compile(r"^(?:an?|my|our) ", re.IGNORECASE)
SLOGANS = (
    "{topic}: made for you.", "Think of {topic}.", "{topic}. Nothing else.",
    "Every day deserves {topic}.", "{topic}, and the day is yours.", "More joy with {topic}.",
    "{topic}: simply better.", "Discover {topic}.", "Say yes to {topic}.", "Time for {topic}.",
)  # fmt: skip
VERSES = (
    "When morning comes, I think of {topic}", "The evening light still sings of {topic}",
    "A quiet road leads on to {topic}", "No winter is too long for {topic}",
    "The wind has told me all of {topic}", "The river keeps a dream of {topic}",
)  # fmt: skip
SCENES = (
    "Nobody in the village had ever heard of {topic}, until one autumn evening.",
    "An old map in the attic showed the way to {topic}.",
    "Rain fell all night, and in the morning everybody spoke of {topic}.",
    "A stranger at the station asked a single question, and it was about {topic}.",
    "Mara had promised her brother to look for {topic}.",
    "It took courage, a lantern and a good friend to find {topic}.",
    "Since then, whoever passes by thinks of {topic} and smiles.",
)
PRAISES = (
    "Meet {topic}, made for everyday life.", "Nothing fits into your day like {topic}.",
    "A gift for others, or for yourself: {topic}.", "Every detail of {topic} has its reason.",
)  # fmt: skip
THOUGHTS = (
    "There is more to {topic} than meets the eye.",
    "Whoever begins with {topic} does best to begin small.",
    "Two questions help with {topic}: what for, and for whom.",
    "A clear aim helps with {topic}.",
    "What works for {topic} today may need another look tomorrow.",
    "In the end, everybody finds a way of their own with {topic}.",
)
REQUESTS = (
    "I would like to talk with you about {topic}. When does it suit you?",
    "I hope this finds you well. I am writing to you about {topic}.",
    "Could we find a moment this week for {topic}?",
)  # fmt: skip


def slogan(assignment: Assignment) -> str:
    """Give one slogan, or as many as asked for, a line each."""
    slogans = assignment.dice.sample(SLOGANS, assignment.count(default=1))
    return _about(ARTICLE.sub("your ", assignment.topic), "\n".join(slogans))


def poem(assignment: Assignment) -> str:
    """Give a verse of four lines."""
    return _about(assignment.topic, ",\n".join(assignment.dice.sample(VERSES, 4)) + ".")


def story(assignment: Assignment) -> str:
    """Give a story of four sentences, in the order in which such things happen."""
    scenes = sorted(assignment.dice.sample(range(len(SCENES)), 4))
    return _about(assignment.topic, " ".join(SCENES[scene] for scene in scenes))


def description(assignment: Assignment) -> str:
    """Give the praise of a thing in three sentences."""
    praises = assignment.dice.sample(PRAISES, 3)
    return _about(ARTICLE.sub("this ", assignment.topic), " ".join(praises))


def text(assignment: Assignment) -> str:
    """Give two paragraphs on a topic."""
    chosen = assignment.dice.sample(THOUGHTS, 6)
    return _about(assignment.topic, " ".join(chosen[:3]) + "\n\n" + " ".join(chosen[3:]))


def email(assignment: Assignment) -> str:
    """Give a letter with its subject, which quotes what it was given."""
    quoted = " ".join(sentences(assignment.material)[:3])
    said = quoted or assignment.dice.choice(REQUESTS)
    return _about(assignment.topic, f"Subject: {{topic}}\n\nHello,\n\n{said}\n\nKind regards,")


def _about(topic: str, template: str) -> str:
    """Fill in the topic; each line begins with a capital letter."""
    written = template.replace("{topic}", topic)
    return "\n".join(line[:1].upper() + line[1:] for line in written.split("\n"))
