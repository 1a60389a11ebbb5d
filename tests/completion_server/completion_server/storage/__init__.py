"""Keeps messages, uploaded files and feedback across restarts; knows nothing of HTTP."""

from completion_server.storage.errors import StoreFullError, StoreTimeoutError
from completion_server.storage.records import Feedback, Message, StoredFile
from completion_server.storage.store import Store

__all__ = ["Feedback", "Message", "Store", "StoreFullError", "StoreTimeoutError", "StoredFile"]
