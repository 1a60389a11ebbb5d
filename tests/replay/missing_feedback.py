"""Gives or takes back the feedback that a recorded answer shows and no exchange of its file did.

Keeps which message has which rating, as the requests of the replay left it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.replay.missing import FEEDBACK, USER, listed_feedbacks

if TYPE_CHECKING:
    from tests.replay.carried import Carried
    from tests.replay.exchange import Answer, Exchange
    from tests.replay.server import Server

NO_FEEDBACK = "rating cannot be None"


def make_missing_feedback(exchange: Exchange, server: Server, carried: Carried) -> list[str]:
    """Bring feedback to what the recorded answer shows; OSError or HTTPException."""
    if exchange.app not in server.keys:
        return []
    changed = False
    # Lists begin with the newest.
    for item in reversed(listed_feedbacks(exchange)):
        rating = (item["rating"], item["content"])
        changed |= _rate(item["message_id"], rating, exchange, server, carried)
    if found := FEEDBACK.fullmatch(exchange.route):
        changed |= _before_revoking(found[1], exchange, server, carried)
    return ["its feedback was set"] if changed else []


def keep_rating(exchange: Exchange, ours: Answer, carried: Carried) -> None:
    """Keep what a request has done to a message's rating, if it was taken."""
    if (found := FEEDBACK.fullmatch(exchange.route)) and ours.status == 200:
        rating = exchange.fields.get("rating")
        carried.ratings.pop(found[1], None)
        if rating is not None:
            carried.ratings[found[1]] = (rating, exchange.fields.get("content"))


def _before_revoking(message_id: str, exchange: Exchange, server: Server, carried: Carried) -> bool:
    """See to it that there is something to revoke, or nothing, as it was then."""
    if exchange.fields.get("rating") is not None:
        return False
    error = exchange.answer.json
    if exchange.answer.status == 200 and message_id not in carried.ratings:
        return _rate(message_id, ("like", None), exchange, server, carried)
    if exchange.answer.status == 400 and str(error["message"]).startswith(NO_FEEDBACK):
        return message_id in carried.ratings and _rate(message_id, None, exchange, server, carried)
    return False


def _rate(
    message_id: str,
    rating: tuple[Any, Any] | None,
    exchange: Exchange,
    server: Server,
    carried: Carried,
) -> bool:
    """Rate a message, unless it is rated so; None revokes. Tell whether there was a need."""
    if carried.ratings.get(message_id) == rating:
        return False
    given, content = rating or (None, None)
    path = carried.put_into(f"/v1/messages/{message_id}/feedbacks")
    body = {"rating": given, "content": content, "user": exchange.fields.get("user", USER)}
    answer = server.post(exchange.app, path, body)
    if answer.status == 200 and rating is None:
        del carried.ratings[message_id]
    elif answer.status == 200 and rating is not None:
        carried.ratings[message_id] = rating
    return True
