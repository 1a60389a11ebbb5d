"""Reads what a prompt asks for: the line that says so, the text that it is about, and some dice."""

import random
import re
from dataclasses import dataclass

NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
COUNT = rf"\b(?:\d{{1,2}}|{'|'.join(NUMBERS)})\b"
# Lines before an instruction that tell who the model is, or how it is to behave.
ROLE = re.compile(r"(?:you|act|be|always|never|answer|reply|respond)\b", re.IGNORECASE)
PREPOSITIONS = ("about", "on", "for", "of", "to")
ABOUT = [re.compile(rf"\b{word}\b\s*(.*)", re.IGNORECASE) for word in PREPOSITIONS]
BEFORE_TOPIC = re.compile(rf"^\W*(?:(?:me|us|{COUNT})\s+)*", re.IGNORECASE)
AFTER_TOPIC = re.compile(r"\s(?:in|with|using|that|which)\s.*|[.:;?!].*|,? please.*", re.IGNORECASE)
THE_TEXT = re.compile(
    r"^\s*(?:of )?(?:the |this |my )?(?:following )?(?:text|sentence|passage|article|word)s?\b",
    re.IGNORECASE,
)
LONGEST_TOPIC = 80
ANY_TOPIC = "a new day"


@dataclass(frozen=True)
class Assignment:
    """An instruction, its part after the task's name (the request), and its material.

    `dice` fall the same way for the same prompt and seed.
    """

    instruction: str
    request: str
    material: str
    dice: random.Random

    @property
    def subject(self) -> str:
        """The text to work on: the material, or else what the request itself holds."""
        return self.material or THE_TEXT.sub("", self.request).strip(" .:")

    @property
    def topic(self) -> str:
        """What the prompt is about, in a few words."""
        about = (found[1] for word in ABOUT if (found := word.search(self.request)))
        named = AFTER_TOPIC.sub("", BEFORE_TOPIC.sub("", next(about, self.request)))
        named = named or self.material.partition("\n")[0]
        return shortened(named.strip(" .,:;?!\"'"), LONGEST_TOPIC) or ANY_TOPIC

    def count(self, default: int) -> int:
        """Give the number that the instruction names, from 1 to 10."""
        found = re.search(COUNT, self.instruction.lower())
        if found is None:
            return default
        number = int(found[0]) if found[0].isdecimal() else NUMBERS.index(found[0]) + 1
        return max(1, min(number, len(NUMBERS)))


def assignment_of(lines: list[str], index: int, end: int, seed: int) -> Assignment:
    """Take the line at `index` as the instruction, which has named its task where `end` is.

    The material follows, behind a colon in that line or in the next lines, or else precedes.
    """
    request, _, rest = lines[index][end:].partition(": ")
    following = "\n".join([rest, *lines[index + 1 :]]).strip()
    preceding = "\n".join(line for line in lines[:index] if not ROLE.match(line)).strip()
    dice = random.Random(f"{seed} {lines}")  # noqa: S311  # to be repeated, not to be secret
    return Assignment(lines[index][:end] + request, request, following or preceding, dice)


def shortened(text: str, most: int) -> str:
    """Give at most so many characters of a text, whole words if possible."""
    if len(text) <= most:
        return text
    return (text[:most].rpartition(" ")[0] or text[: most - 1]) + "…"
