"""The embedded model's answers are of the kind asked for, and of the prompt's own words."""

import asyncio

import pytest

from completion_server.models import Prompt, model_of
from completion_server.models.composing.listing import THINGS
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
        ("Translate 'thank you very much' to German", "vielen Dank"),
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


def test_a_question_is_answered_from_the_text() -> None:
    prompt = f"Answer from the text.\nText: {CATS}\nQuestion: What do cats hunt?"
    assert answer(prompt) == "By the text: Cats hunt mice at night."


def test_a_short_name_is_found_in_the_text() -> None:
    prompt = "Context: Bob lives in Oslo. Ann lives in Rome.\nQuestion: Where does Ann live?"
    assert answer(prompt) == "By the text: Ann lives in Rome."


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


def test_an_email_says_what_it_is_given() -> None:
    letter = answer("Write an email:\ncome on Monday.")
    assert "Hello,\n\nCome on Monday.\n\nKind regards," in letter


@pytest.mark.parametrize(
    ("prompt", "count", "kind"),
    [
        ("List three fruits", 3, "fruits"),
        ("Name two planets", 2, "planets"),
        ("Give me a list of animals", 5, "animals"),
        ("Generate 4 names for a dog", 4, "names"),
        ("What are the top 10 programming languages?", 10, "programming languages"),
        ("List five colors.", 5, "colou?rs"),
        ("Give me 10 planets", 8, "planets"),
    ],
)
def test_a_list_of_a_kind_it_knows_is_of_that_kind(prompt: str, count: int, kind: str) -> None:
    items = [line.partition(". ")[2].lower() for line in answer(prompt).split("\n")]
    assert count == len(set(items))
    assert set(items) <= set(THINGS[kind].lower().split(", "))


@pytest.mark.parametrize(
    ("prompt", "topic"),
    [
        ("Can you write me a poem about dogs, please?", "of dogs,\n"),
        ("Write a letter to Santa", "Subject: Santa\n"),
        ("Write a slogan for a bakery", "our bakery"),
        ("Explain recursion in simple terms", "with recursion"),
        ("You are a poet.\nWrite a poem", "of a new day,\n"),
    ],
)
def test_the_topic_is_the_thing_and_not_the_words_around_it(prompt: str, topic: str) -> None:
    assert topic in answer(prompt)


def test_anything_else_is_spoken_of() -> None:
    assert "“dogs formal 3 x”" in answer("dogs formal 3 x")


@pytest.mark.parametrize(
    "prompt",
    ["Who are you?", "What can you do?", "Summarise this article", "Write a summary of Hamlet"],
)
def test_it_says_what_it_can_do(prompt: str) -> None:
    assert answer(prompt).startswith("I'm a small model")
