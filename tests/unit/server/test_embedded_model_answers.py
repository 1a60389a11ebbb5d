"""The embedded model's answers are of the kind asked for, and of the prompt's own words."""

import asyncio

import pytest

from completion_server.models import Prompt, model_of
from completion_server.settings.models import Embedded

CATS = (
    "Cats are small mammals. Cats hunt mice at night. It rained. "
    "Most cats sleep all day. Nobody knows why. Cats and mice are old enemies."
)


def answer(text: str, seed: int = 0) -> str:
    async def collect() -> str:
        model = model_of(Embedded(seed=seed, word_delay=0))
        return "".join([str(part) async for part in model.answer(Prompt(text, "a user"))])

    return asyncio.run(collect())


@pytest.mark.parametrize(
    "prompt", [f"Summarize the following text in two sentences:\n\n{CATS}", f"{CATS}\nTL;DR in 2"]
)
def test_a_summary_takes_sentences_of_the_text(prompt: str) -> None:
    sentences = answer(prompt).rstrip(".").split(". ")
    assert len(sentences) == 2
    assert all(f"{sentence}." in CATS for sentence in sentences)


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        (
            "Translate to French:\nHello world, the dog is small",
            "Bonjour monde, le chien est petit",
        ),
        ("Translate hello my friend into Spanish", "hola mi amigo"),
        ("Be kind.\nTranslate into the German language: good Zebra", "gut Zebra"),
        ("Translate from German to English: Der Hund ist klein", "The Dog is small"),
        ("Translate: le chat", "the cat"),
        (
            "Translate to Klingon: hello",
            "(Klingon is not among the languages of this model.) hello",
        ),
    ],
)
def test_a_translation_goes_word_by_word(prompt: str, expected: str) -> None:
    assert expected == answer(prompt)


def test_a_text_is_corrected() -> None:
    prompt = "Correct the grammar: i recieve teh the letter ,thanks . ok dont go"
    assert answer(prompt) == "I receive the letter, thanks. Ok don't go."


def test_keywords_are_the_frequent_words() -> None:
    assert answer(f"Extract two keywords:\n{CATS}") == "cats, mice"


def test_a_question_is_answered_from_the_text() -> None:
    prompt = f"Answer from the text.\nText: {CATS}\nQuestion: What do cats hunt?"
    assert answer(prompt) == "By the text: Cats hunt mice at night."


def test_a_question_that_the_text_says_nothing_of_is_not_made_up() -> None:
    assert answer("What is the capital of France?").startswith("I know no facts.")


@pytest.mark.parametrize(
    ("prompt", "lines"),
    [
        ("Write a poem about {}", 4),
        ("List 4 ideas for {}", 4),
        ("Give me 3 slogans for {}", 3),
        ("Tell me a story about {}", 1),
        ("Write a product description for {}", 1),
        ("Write an essay on {}", 3),
        ("Draft a friendly email about {}", 7),
    ],
)
def test_a_text_has_its_form_and_its_topic(prompt: str, lines: int) -> None:
    text = answer(prompt.format("blue mugs"))
    assert lines == len(text.split("\n"))
    assert "blue mugs" in text.lower()


def test_an_email_has_the_tone_asked_for() -> None:
    assert "\n\nHi,\n\n" in answer("Write a friendly email:\nCome on Monday.")
    assert "\n\nDear Sir or Madam,\n\n" in answer("Write an email:\nCome on Monday.")


def test_a_rewriting_changes_the_tone() -> None:
    prompt = "Rewrite in a formal tone: hey guys, I can't come."
    assert answer(prompt).endswith(": good day everyone, I cannot come.")


def test_anything_else_is_spoken_of() -> None:
    assert "“dogs formal 3 x”" in answer("dogs formal 3 x")
