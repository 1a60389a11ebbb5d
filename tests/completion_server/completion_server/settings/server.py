"""The settings of one server, and the apps that it serves where none are given."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from completion_server.settings.apps import App
from completion_server.settings.fault_names import FaultName
from completion_server.settings.features import Speech
from completion_server.settings.keys import API_KEY
from completion_server.settings.limits import Limits
from completion_server.settings.models import Embedded
from completion_server.settings.places import refuse_repeats
from completion_server.settings.setting import Setting

Compatibility = Literal["1.4.1", "1.14.2"]
# No more than its form: only whoever connects knows the dialects, and may read what follows.
DatabaseURL = Annotated[str, Field(pattern=r"^\w+(\+\w+)?://")]


class Storage(Setting):
    """Where messages, feedback and files are kept.

    `database` is an SQLAlchemy URL; without one it is an SQLite file in the server's folder.
    Uploaded contents, and an SQLite file, grow to `megabytes` each.
    """

    database: Annotated[DatabaseURL | None, Field(repr=False)] = None
    megabytes: Annotated[int, Field(ge=1, le=1_000_000)] = 1024


def builtin_apps(api_key: str = API_KEY, word_delay: float = 0.005) -> tuple[App, App]:
    """Give the apps of a server without settings: My App, as recorded, and a bare Other App."""
    model = Embedded(word_delay=word_delay)
    return (
        App(name="My App", keys=(api_key,), tags=("tag1", "tag2"), speech=Speech(), model=model),
        App(name="Other App", keys=(f"{api_key}-other",), model=model),
    )


class ServerSettings(Setting):
    """Everything that one server is set to; `ping_interval` is in seconds."""

    compatibility: Compatibility = "1.14.2"
    apps: Annotated[tuple[App, ...], Field(min_length=1)] = builtin_apps()
    limits: Limits = Limits()
    storage: Storage = Storage()
    ping_interval: Annotated[float, Field(ge=0.01, le=3600)] = 10.0
    private_urls: bool = False
    faults: tuple[FaultName, ...] = ()
    faults_by_header: bool = False

    @model_validator(mode="after")
    def _apps_differ(self) -> Self:
        names = [(("apps", i, "name"), app.name) for i, app in enumerate(self.apps)]
        keys = [
            (("apps", i, "keys", j), key)
            for i, app in enumerate(self.apps)
            for j, key in enumerate(app.keys)
        ]
        # Keys are hashes here, so a name is like none of them.
        refuse_repeats("ServerSettings", [*names, *keys])
        return self
