"""What a prompt asks for: the line that says so, the text that it is about, and some dice."""

import random
import re
from dataclasses import dataclass

NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
NUMBER = re.compile(rf"\b(?:(\d{{1,2}})|({'|'.join(NUMBERS)}))\b", re.IGNORECASE)
LABEL = re.compile(r"^[\w ]{1,20}:\s+")
TASK_LABEL = re.compile(r"^(?:question|q|task|instructions?): ", re.IGNORECASE)
ABOUT = [re.compile(rf"\b{word}\s+(.+)", re.IGNORECASE) for word in ("about", "on", "for", "of")]
LEAD = re.compile(
    r"^(?:please )?\w+ (?:(?:the|this) (?:following )?(?:text|sentence|passage)\b)?\s*",
    re.IGNORECASE,
)
AFTER_TOPIC = re.compile(r"\s+(?:in|with|using|that|which)\s.*|[.:;?!].*", re.IGNORECASE)
CASUAL = re.compile(r"\b(?:casual|friendly|funny|informal|playful|relaxed)\b", re.IGNORECASE)
LONGEST_TOPIC = 80


@dataclass(frozen=True)
class Assignment:
    """An instruction and its material; `dice` fall the same way for the same prompt and seed."""

    instruction: str
    material: str
    dice: random.Random

    @property
    def subject(self) -> str:
        """The text to work on: the material, or else what the instruction itself holds."""
        return self.material or LEAD.sub("", self.instruction)

    @property
    def topic(self) -> str:
        """What the prompt is about, in a few words."""
        named = next((found[1] for word in ABOUT if (found := word.search(self.instruction))), "")
        first_sentence = re.split(r"[.!?;]\s|\n", LABEL.sub("", self.subject), maxsplit=1)[0]
        named = AFTER_TOPIC.sub("", named) or first_sentence
        words = named[: LONGEST_TOPIC + 1].strip(" .,:;?!\"'")
        return words if len(words) <= LONGEST_TOPIC else words.rpartition(" ")[0] or words

    @property
    def is_casual(self) -> bool:
        """Whether it asks for a tone without ceremony."""
        return bool(CASUAL.search(self.instruction) or CASUAL.search(self.material))

    def count(self, default: int) -> int:
        """Give the number that the instruction names, from 1 to 10."""
        found = NUMBER.search(self.instruction)
        if found is None:
            return default
        number = int(found[1]) if found[1] else NUMBERS.index(found[2].lower()) + 1
        return max(1, min(number, len(NUMBERS)))


def assignment_of(lines: list[str], index: int, seed: int) -> Assignment:
    """Take the line at `index` as the instruction, and as material what follows it.

    What follows begins behind a colon in that line; where nothing follows, it is what precedes.
    """
    line = TASK_LABEL.sub("", " ".join(lines[index].split()))
    instruction, _, rest = line.partition(": ")
    following = "\n".join([rest, *lines[index + 1 :]]).strip()
    material = following or "\n".join(lines[:index]).strip()
    return Assignment(instruction, material, dice_of(lines, seed))


def dice_of(lines: list[str], seed: int) -> random.Random:
    """Give the dice of a prompt."""
    return random.Random(f"{seed} {lines}")  # noqa: S311  # to be repeated, not to be secret
