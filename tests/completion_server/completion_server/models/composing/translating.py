"""Turns a text into another language word by word; a word that it doesn't know stays as it is."""

import re

from completion_server.models.composing.assignment import Assignment
from completion_server.models.pieces import pieces

LANGUAGES = ("english", "french", "german", "spanish")
# A word in each of the languages, in their order.
DICTIONARY = [
    line.split()
    for line in """
a un ein un | an un ein un | and et und y | are sont sind son | bad mauvais schlecht malo
book livre Buch libro | but mais aber pero | cat chat Katze gato | cats chats Katzen gatos
cold froid kalt frío | day jour Tag día | dog chien Hund perro | dogs chiens Hunde perros
for pour für para | friend ami Freund amigo | from de von de | good bon gut bueno
goodbye adieu tschüss adiós | have avons haben tenemos | he il er él | hello bonjour hallo hola
house maison Haus casa | how comment wie cómo | i je ich yo | in dans in en | is est ist es
love amour Liebe amor | morning matin Morgen mañana | my mon mein mi | new nouveau neu nuevo
night nuit Nacht noche | no non nein no | not pas nicht no | of de von de | on sur auf en
or ou oder o | our notre unser nuestro | please s'il-vous-plaît bitte por-favor
red rouge rot rojo | she elle sie ella | small petit klein pequeño | thanks merci danke gracias
the la der la | the les das los | the le die el | they ils sie ellos | this ceci dies esto
time temps Zeit tiempo | to à zu a | today aujourd'hui heute hoy | tomorrow demain morgen mañana
very très sehr muy | was était war era | water eau Wasser agua | we nous wir nosotros
welcome bienvenue willkommen bienvenido | what que was qué | where où wo dónde
white blanc weiß blanco | with avec mit con | world monde Welt mundo | year an Jahr año
yes oui ja sí | you vous Sie usted | your votre Ihr su
""".strip()
    .replace("\n", "|")
    .split("|")
]
NAMES = "|".join(LANGUAGES)
KNOWN = re.compile(rf"\b(?:in|to|into)\b.{{0,40}}?\b({NAMES})\b", re.IGNORECASE)
UNKNOWN = re.compile(r"\b(?:to|into) (?:the )?([a-z]{3,20})\b", re.IGNORECASE)
FRAME = re.compile(
    r"^.*?\btranslat\w*\s*(?:(?:the|this)\s+(?:following\s+)?(?:text|sentence|word)s?\b)?"
    r"|\b(?:in|to|into)\s+(?:\w+\s+){0,2}?(?:" + NAMES + r")\b.*$",
    re.IGNORECASE | re.DOTALL,
)


def translated(assignment: Assignment) -> str:
    """Give the text in the language that the instruction names, English if it names none."""
    text = assignment.material or FRAME.sub("", assignment.instruction).strip(" \"'")
    known = KNOWN.search(assignment.instruction)
    unknown = UNKNOWN.search(assignment.instruction)
    if unknown and not known:
        return f"({unknown[1].capitalize()} is not among the languages of this model.) {text}"
    words = _dictionary(LANGUAGES.index(known[1].lower() if known else "english"))
    return "".join(_translated(piece, words) for piece in pieces(text))


def _dictionary(target: int) -> dict[str, str]:
    """Give the meanings of English words, or into English those of all other languages."""
    sources = (0,) if target else (1, 2, 3)
    entries = ((entry[source], entry[target]) for source in sources for entry in DICTIONARY)
    return {word.lower(): meaning.replace("-", " ") for word, meaning in entries}


def _translated(piece: str, words: dict[str, str]) -> str:
    word = piece.lstrip()
    meaning = words.get(word.lower(), word)
    if word[:1].isupper():
        meaning = meaning[:1].upper() + meaning[1:]
    return piece[: len(piece) - len(word)] + meaning
