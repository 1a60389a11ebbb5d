"""Turns a text into another language word by word; a word that it doesn't know stays as it is."""

import re

from completion_server.models.composing.assignment import Assignment

LANGUAGES = ("english", "french", "german", "spanish")
# A word in each of the languages, in their order; `-` stands for a space.
DICTIONARY = [
    line.split()
    for line in """
a un ein un | an un ein un | and et und y | are sont sind son | bad mauvais schlecht malo
but mais aber pero | cat chat Katze gato | day jour Tag día | dog chien Hund perro
for pour für para | friend ami Freund amigo | from de von de | good bon gut bueno
good-morning bonjour guten-Morgen buenos-días | goodbye adieu tschüss adiós | he il er él
hello bonjour hallo hola | house maison Haus casa | how-are-you comment-ça-va wie-geht-es cómo-está
i je ich yo | in dans in en | is est ist es | i-love j'aime ich-liebe amo
i-love-you je-t'aime ich-liebe-dich te-quiero | love amour Liebe amor
my mon mein mi | new nouveau neu nuevo | night nuit Nacht noche | no non nein no | not pas nicht no
of de von de | on sur auf en | or ou oder o | our notre unser nuestro
please s'il-vous-plaît bitte por-favor | red rouge rot rojo | she elle sie ella
small petit klein pequeño | thanks merci danke gracias | thank-you merci danke gracias
thank-you-very-much merci-beaucoup vielen-Dank muchas-gracias | the la der la | the les das los
the le die el | they ils sie ellos | this ceci dies esto | time temps Zeit tiempo | to à zu a
today aujourd'hui heute hoy | tomorrow demain morgen mañana | very très sehr muy
was était war era | water eau Wasser agua | we nous wir nosotros | what que was qué
welcome bienvenue willkommen bienvenido | where où wo dónde | with avec mit con
world monde Welt mundo | yes oui ja sí | you vous Sie usted | your votre Ihr su
""".strip()
    .replace("\n", "|")
    .split("|")
]
NAMES = "|".join(LANGUAGES)
KNOWN = re.compile(rf"\b(?:in|to|into)\b.{{0,40}}?\b({NAMES})\b", re.IGNORECASE)
UNKNOWN = re.compile(r"\b(?:to|into) (?:the )?([a-z]{3,20})(?: language)?\W{0,9}$", re.IGNORECASE)
INTO = re.compile(rf"\b(?:in|to|into)\s+(?:\w+\s+){{0,2}}?(?:{NAMES})\b.*$", re.IGNORECASE)


def translated(assignment: Assignment) -> str:
    """Give the text in the language that the instruction names, English if it names none."""
    text = assignment.material or INTO.sub("", assignment.subject).strip(" \"'")
    known = KNOWN.search(assignment.request)
    unknown = UNKNOWN.search(assignment.request)
    if unknown and not known:
        return f"({unknown[1].capitalize()} is not among the languages of this model.) {text}"
    words = _dictionary(LANGUAGES.index(known[1].lower() if known else "english"))
    # The longest first: of "good" and "good morning" it is the latter.
    known_words = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    found = re.compile(rf"\b(?:{known_words})\b(?!'\w)", re.IGNORECASE)
    return found.sub(lambda word: _cased(words[word[0].lower()], word[0]), text)


def _dictionary(target: int) -> dict[str, str]:
    """Give the meanings of English words, or into English those of all other languages."""
    sources = (0,) if target else (1, 2, 3)
    entries = ((entry[source], entry[target]) for source in sources for entry in DICTIONARY)
    return {word.lower().replace("-", " "): it.replace("-", " ") for word, it in entries}


def _cased(meaning: str, word: str) -> str:
    return meaning[0].upper() + meaning[1:] if word[0].isupper() else meaning
