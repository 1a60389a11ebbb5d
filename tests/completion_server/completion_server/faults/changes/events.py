"""Events that a fault puts into a stream, with the ids of one that is there."""

from completion_server.operations.events import Event, Origin

AUDIO = "SUQzBAAAAAAAAA=="


def origin_of(event: Event) -> Origin:
    """Read what all events of a stream share off one; an `error` has no task id."""
    return Origin(event["message_id"], event.get("task_id", ""), event["created_at"])


def message(event: Event) -> Event:
    """Make a piece of an answer."""
    return origin_of(event).message(" and more")


def message_replace(event: Event) -> Event:
    """Make a replacement of the answer."""
    return origin_of(event).message_replace("Replaced.")


def tts_message(event: Event) -> Event:
    """Make a piece of speech."""
    return origin_of(event).tts_message(AUDIO)


def tts_message_end(event: Event) -> Event:
    """Make the end of speech."""
    return origin_of(event).tts_message_end()


def error(event: Event) -> Event:
    """Make a failure of the model."""
    return origin_of(event).error(400, "completion_request_error", "The model failed.")
