"""What is true of ids and times wherever they stand."""

import time
from uuid import UUID

DAY = 86_400


def is_uuid(text: object) -> bool:
    """Whether a text is a UUID as it is usually written."""
    try:
        return isinstance(text, str) and str(UUID(text)) == text.lower()
    except ValueError:
        return False


def is_now(seconds: object) -> bool:
    """Whether a Unix time is today's, whoever's clock goes wrong."""
    return isinstance(seconds, int) and abs(seconds - time.time()) < DAY
