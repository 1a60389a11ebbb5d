"""What lint says of the flagship: faults in the document as published, none once corrected.

Rows are those of "The specification against itself" in the notes on real servers, 58 to 65.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from specloom import lint
from specloom.config import load_config
from specloom.diagnostics import Collector
from specloom.document.lift import lift
from specloom.document.load import load
from specloom.pipeline import linted

FOLDER = Path(__file__).parents[2] / "spec" / "completion"
STREAM = "/paths/~1completion-messages/post/responses/200/content/text~1event-stream"
FEEDBACK = (
    "/paths/~1app~1feedbacks/get/responses/200/content/application~1json/examples/success/value"
)
ANSWERS = "/paths/~1completion-messages/post/responses"
MODE = "/components/schemas/CompletionResponse/properties/mode/description"
NUMBER_LIMITS = (
    "/components/schemas/AppParametersResponse/properties/file_upload/properties/image"
    "/properties/number_limits"
)


@pytest.fixture(scope="module")
def published() -> list[tuple[str, str, str]]:
    """The findings in the published document: code, pointer and message."""
    written = load(FOLDER / "openapi.json", Collector())
    lifted = replace(written, tree=lift(written.tree))
    found = lint.find(lifted, written=written)
    return [(rule.code, finding.pointer, finding.message) for rule, finding in found]


def test_corrected_document_is_clean_of_errors() -> None:
    collector = Collector()
    config = load_config(FOLDER, collector)
    linted(config, collector)
    assert collector.errors == []


@pytest.mark.parametrize(
    ("event", "missing"),
    [("1 (message)", "task_id"), ("3 (message_end)", "task_id"), ("3 (message_end)", "message_id")],
)
def test_row_58_events_of_the_example_lack_required_fields(
    published: list[tuple[str, str, str]], event: str, missing: str
) -> None:
    message = f'event {event}: "{missing}" is a required property'
    assert ("OAS702", STREAM + "/examples/streamingResponse/value", message) in published


def test_row_59_audio_of_the_example_is_not_base64(published: list[tuple[str, str, str]]) -> None:
    message = 'event 4 (tts_message): /audio: "base64encodedaudio..." is not a "byte"'
    assert ("OAS702", STREAM + "/examples/streamingResponse/value", message) in published


@pytest.mark.parametrize("field", ["created_at", "updated_at"])
def test_row_59_dates_of_the_example_are_no_date_times(
    published: list[tuple[str, str, str]], field: str
) -> None:
    places = {pointer for code, pointer, _ in published if code == "OAS609"}
    assert f"{FEEDBACK}/data/0/{field}" in places


def test_row_60_response_schemas_require_nothing(published: list[tuple[str, str, str]]) -> None:
    places = {pointer for code, pointer, _ in published if code == "OAS410"}
    assert {
        f"/components/schemas/{name}"
        for name in ("AppInfoResponse", "AppParametersResponse", "ErrorResponse")
    } <= places


def test_row_61_discriminator_has_nothing_to_choose_from(
    published: list[tuple[str, str, str]],
) -> None:
    places = [pointer for code, pointer, _ in published if code == "OAS501"]
    assert places == ["/components/schemas/ChunkCompletionEvent/discriminator"]


def test_row_61_no_event_pins_its_tag(published: list[tuple[str, str, str]]) -> None:
    found = {pointer: message for code, pointer, message in published if code == "OAS560"}
    assert found == {
        f"/components/schemas/{name}": f"{name!r} takes any of the 7 values of 'event'"
        for name in (
            *("StreamEventMessage", "StreamEventMessageEnd", "StreamEventMessageReplace"),
            *("StreamEventTtsMessage", "StreamEventTtsMessageEnd"),
            *("StreamEventError", "StreamEventPing"),
        )
    }


def test_row_62_stream_is_text_and_its_events_are_out_of_reach(
    published: list[tuple[str, str, str]],
) -> None:
    assert [pointer for code, pointer, _ in published if code == "OAS701"] == [STREAM + "/schema"]
    ((pointer, message),) = [found for code, *found in published if code == "OAS121"]
    assert pointer == "/components/schemas/ChunkCompletionEvent"
    assert message == (
        "'ChunkCompletionEvent' is used only by 'StreamEventMessage' and 6 more, so no operation "
        "reaches 'StreamEventMessage', 'StreamEventMessageEnd', 'StreamEventTtsMessage' and 4 more"
    )


def test_row_63_content_type_header_is_ignored(published: list[tuple[str, str, str]]) -> None:
    places = [pointer for code, pointer, _ in published if code == "OAS203"]
    assert places == ["/paths/~1text-to-audio/post/responses/200/headers/Content-Type"]


def test_row_64_format_url_is_not_registered(published: list[tuple[str, str, str]]) -> None:
    """The row names `decimal` too; the OpenAPI Format Registry has that one."""
    messages = {message for code, _, message in published if code == "OAS510"}
    assert messages == {"format 'url' is not registered"}


@pytest.mark.parametrize(
    ("code", "pointer", "part"),
    [
        # The remark on the other page, and what it says of `mode`, which is fixed.
        ("OAS590", MODE, "MD also mentions"),
        ("OAS592", MODE, '"completion"'),
        # That page's name for the events; the conversation that its request continues.
        ("OAS129", ANSWERS + "/200/description", "ChunkCompletionResponse"),
        ("OAS421", ANSWERS + "/404", "conversation"),
        # Its list of errors.
        ("OAS591", ANSWERS + "/400/description", "`invalid_param`"),
    ],
)
def test_row_65_traces_of_the_older_page(
    published: list[tuple[str, str, str]], code: str, pointer: str, part: str
) -> None:
    """What the document took over from the page shows; what only the page says, nothing can know.

    Those are the path of stop, `query` at the top level, the form of text-to-audio and the
    type of `image_file_size_limit`: the document is at one with itself there.
    """
    messages = [message for *place, message in published if place == [code, pointer]]
    assert [message for message in messages if part in message]


@pytest.mark.parametrize(
    ("code", "pointer"),
    [
        ("OAS330", "/paths/~1app~1feedbacks/get/parameters/1"),
        ("OAS331", "/paths/~1app~1feedbacks/get/responses/200"),
        ("OAS340", "/paths/~1messages~1{message_id}~1feedbacks/post/parameters/0"),
        ("OAS341", "/components/schemas/FeedbackItem/properties/created_at"),
        ("OAS420", ANSWERS + "/200/content"),
        ("OAS593", NUMBER_LIMITS + "/description"),
        ("OAS596", "/components/schemas/TextToAudioRequest/description"),
    ],
)
def test_other_defects_that_the_document_shows_by_itself(
    published: list[tuple[str, str, str]], code: str, pointer: str
) -> None:
    assert (code, pointer) in {(code, pointer) for code, pointer, _ in published}
