"""How each version of Dify writes what it answers, where the versions part."""

from completion_server.dialects.arguments import BadArgument
from completion_server.dialects.dialect import Dialect, JsonObject
from completion_server.dialects.dify_1_4_1 import Dify141
from completion_server.dialects.dify_1_14_2 import Dify1142
from completion_server.dialects.failure import NOT_UNDERSTOOD, Failure
from completion_server.settings import Compatibility

DIALECTS: dict[Compatibility, Dialect] = {"1.4.1": Dify141(), "1.14.2": Dify1142()}

__all__ = ["DIALECTS", "NOT_UNDERSTOOD", "BadArgument", "Dialect", "Failure", "JsonObject"]
