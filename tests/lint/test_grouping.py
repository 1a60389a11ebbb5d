"""What is wrong in many places is told once, at the first that is not accepted."""

from specloom.lint.check import Finding
from specloom.lint.grouping import at_all, once, told

ALIKE = [Finding(place, "wrong") for place in ("/a", "/b", "/c")]


def test_places_of_one_message_come_together() -> None:
    found = list(once([*ALIKE, Finding("/a", "other")]))
    assert [(each.message, each.also) for each in found] == [("wrong", ("/b", "/c")), ("other", ())]


def test_a_place_counts_once() -> None:
    assert at_all([*ALIKE, *ALIKE]).also == ("/b", "/c")


def test_what_is_left_is_told_and_counted() -> None:
    found = told(at_all(ALIKE), lambda place: place == "/a")
    assert found == Finding("/b", "wrong (and in 1 more place)", also=("/c",))


def test_every_place_is_asked_for_and_where_all_are_accepted_nothing_is_told() -> None:
    asked: list[str] = []

    def accept(place: str) -> bool:
        asked.append(place)
        return True

    assert told(at_all(ALIKE), accept) is None
    assert asked == ["/a", "/b", "/c"]
