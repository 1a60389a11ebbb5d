"""Turns a topic into a text of a kind, such as a poem, by templates; the dice choose among them."""

from completion_server.models.composing.assignment import Assignment
from completion_server.models.composing.extracting import WORD, answered, sentences

SLOGANS = (
    "{topic}: made for you.", "Think {topic}.", "{topic}. Nothing else.",
    "Every day deserves {topic}.", "{topic}, and the day is yours.", "Once {topic}, ever {topic}.",
    "More joy with {topic}.", "{topic}: simply better.", "Discover {topic}.", "Say yes to {topic}.",
)  # fmt: skip
VERSES = (
    "When morning comes, I think of {topic},", "The evening light still sings of {topic},",
    "A quiet road leads on to {topic},", "No winter is too long for {topic},",
    "The wind has told me all of {topic},", "I wrote a word, and it was {topic},",
    "The river keeps a dream of {topic},", "And stars look down on {topic},",
)  # fmt: skip
SCENES = (
    "Nobody in the village had ever seen {topic}, until one autumn evening.",
    "An old map in the attic showed the way to {topic}.",
    "Rain fell all night, and in the morning there was only {topic}.",
    "A stranger at the station asked a single question, and it was about {topic}.",
    "Mara had promised her brother to take care of {topic}.",
    "For three days nobody dared to speak of {topic}.",
    "It took courage, a lantern and a good friend, but {topic} was found.",
    "Since then, whoever passes by thinks of {topic} and smiles.",
)
PRAISES = (
    "Meet {topic}, made for everyday life.", "{topic} fits in wherever you need it.",
    "Clear in form and easy to use, {topic} is ready when you are.",
    "Those who choose {topic} choose something that lasts.",
    "Every detail of {topic} has been thought through.",
    "A gift for others, or for yourself: {topic}.",
    "With {topic}, small things become a pleasure.",
)  # fmt: skip
THOUGHTS = (
    "There is more to {topic} than meets the eye.",
    "Whoever begins with {topic} does best to begin small.",
    "Two things matter about {topic}: what it is for, and for whom.",
    "It helps to look at {topic} from several sides.",
    "A clear aim makes {topic} easier.",
    "What works for {topic} today may need another look tomorrow.",
    "Examples say more about {topic} than rules do.",
    "In the end, {topic} is what one makes of it.",
)
ITEMS = (
    "Say what {topic} is for", "Look at good examples of {topic}", "Begin with a small step",
    "Ask somebody who knows {topic} well", "Write down what you learn about {topic}",
    "Set a date", "Leave out what {topic} doesn't need", "Show it to others early",
    "Compare two kinds of {topic}", "Look back on {topic} and improve it",
)  # fmt: skip
OPENINGS = ("I hope this finds you well.", "Thank you for your time.", "A short note on {topic}.")
REQUESTS = (
    "I would like to talk with you about {topic}.", "I am writing to you about {topic}.",
    "Could we find a moment this week for {topic}?",
)  # fmt: skip
STIFF = {
    "can't": "cannot", "don't": "do not", "won't": "will not", "isn't": "is not", "i'm": "I am",
    "hey": "good day", "hi": "good day", "hello": "good day", "guys": "everyone",
    "thanks": "thank you", "get": "receive", "want": "wish", "ok": "in order", "kids": "children",
}  # fmt: skip


def slogan(assignment: Assignment) -> str:
    """Give one slogan, or as many as asked for, a line each."""
    return _some(assignment, SLOGANS, assignment.count(default=1), "\n")


def poem(assignment: Assignment) -> str:
    """Give a verse of four lines."""
    return _some(assignment, VERSES, 4, "\n").rstrip(",") + "."


def story(assignment: Assignment) -> str:
    """Give a story of four sentences, in the order in which such things happen."""
    scenes = sorted(assignment.dice.sample(range(len(SCENES)), 4))
    return _about(assignment, " ".join(SCENES[scene] for scene in scenes))


def description(assignment: Assignment) -> str:
    """Give the praise of a thing in three sentences."""
    return _some(assignment, PRAISES, 3, " ")


def text(assignment: Assignment) -> str:
    """Give two paragraphs on a topic."""
    chosen = assignment.dice.sample(THOUGHTS, 6)
    return _about(assignment, " ".join(chosen[:3]) + "\n\n" + " ".join(chosen[3:]))


def listing(assignment: Assignment) -> str:
    """Give five points, or as many as asked for, numbered."""
    chosen = assignment.dice.sample(ITEMS, assignment.count(default=5))
    return _about(assignment, "\n".join(f"{n}. {item}" for n, item in enumerate(chosen, start=1)))


def email(assignment: Assignment) -> str:
    """Give a letter with its subject, casual or formal, which quotes what it was given."""
    casual, dice = assignment.is_casual, assignment.dice
    hello, bye = ("Hi", "Cheers,") if casual else ("Dear Sir or Madam", "Kind regards,")
    quoted = " ".join(sentences(assignment.material)[:3])
    body = f"{dice.choice(OPENINGS)} {quoted or dice.choice(REQUESTS)}"
    return _about(assignment, f"Subject: {{topic}}\n\n{hello},\n\n{body}\n\n{bye}")


def rewriting(assignment: Assignment) -> str:
    """Give the text in another tone: stiff words, or an exclamation after each sentence."""
    told = sentences(assignment.subject)
    if assignment.is_casual:
        start = assignment.dice.choice(("Hey, guess what:", "So, here it is:", "Quick note:"))
        return " ".join([start, *(sentence.rstrip(".") + "!" for sentence in told)])
    start = assignment.dice.choice(("To put it differently:", "In other words:", "That is to say:"))
    return " ".join([start, *(_stiff(sentence) for sentence in told)])


def answer(assignment: Assignment) -> str:
    """Give what the material says on the question, or else thoughts on what was asked."""
    said = answered(assignment)
    return f"By the text: {said}" if said else "I know no facts. " + remark(assignment)


def remark(assignment: Assignment) -> str:
    """Give three thoughts on a topic, in quotation marks: it may be any text."""
    thoughts = " ".join(assignment.dice.sample(THOUGHTS, 3))
    return _about(assignment, thoughts.replace("{topic}", "“{topic}”"))


def _some(assignment: Assignment, templates: tuple[str, ...], count: int, between: str) -> str:
    return _about(assignment, between.join(assignment.dice.sample(templates, count)))


def _about(assignment: Assignment, template: str) -> str:
    written = template.replace("{topic}", assignment.topic or "this")
    return "\n".join(line[:1].upper() + line[1:] for line in written.split("\n"))


def _stiff(sentence: str) -> str:
    return WORD.sub(lambda found: STIFF.get(found[0].lower(), found[0]), sentence)
