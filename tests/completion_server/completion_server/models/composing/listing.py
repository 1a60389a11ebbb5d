"""Turns what a list is to be of into its lines: things of a kind that it knows, or aspects."""

import re

from completion_server.models.composing.assignment import Assignment

# By what an instruction calls them, in the order in which they are looked for.
THINGS = {
    "fruits": "apple, banana, cherry, grape, lemon, mango, orange, peach, pear, plum",
    "vegetables": "bean, broccoli, cabbage, carrot, leek, onion, pea, potato, spinach, tomato",
    "animals": "bear, cat, dog, eagle, elephant, frog, horse, lion, rabbit, whale",
    "colou?rs": "black, blue, brown, green, orange, pink, purple, red, white, yellow",
    "countries": "Brazil, Canada, China, Egypt, France, India, Japan, Kenya, Mexico, Norway",
    "cities": "Berlin, Cairo, Lima, London, Madrid, Nairobi, Oslo, Paris, Sydney, Tokyo",
    "planets": "Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus, Neptune",
    "programming languages": "C, Go, Haskell, Java, JavaScript, Kotlin, Python, Ruby, Rust, Swift",
    "names": "Ada, Bruno, Clara, Felix, Luna, Max, Mia, Nora, Oscar, Theo",
}
GENERAL = (
    "what matters most", "a first step", "a simple way", "the usual mistakes", "an example",
    "what to leave out", "whom to ask", "the costs", "a fresh look", "how to go on",
)  # fmt: skip


def listed(assignment: Assignment) -> str:
    """Give five lines, or as many as asked for, numbered."""
    items = _things(assignment.instruction) or _general(assignment.topic)
    count = min(assignment.count(default=5), len(items))
    chosen = assignment.dice.sample(items, count)
    return "\n".join(f"{n}. {item[:1].upper()}{item[1:]}" for n, item in enumerate(chosen, start=1))


def _things(instruction: str) -> list[str]:
    text = instruction.lower()
    return next((THINGS[kind].split(", ") for kind in THINGS if re.search(kind, text)), [])


def _general(topic: str) -> list[str]:
    return [f"{topic}: {aspect}" for aspect in GENERAL]
