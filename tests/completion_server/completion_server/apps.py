"""The settings of the apps that one server serves; knows nothing of HTTP."""

import uuid
from dataclasses import dataclass, field

API_KEY = "app-completion-server-key"


@dataclass(frozen=True)
class Paragraph:
    """A text control of an app's input form."""

    variable: str
    label: str
    required: bool = True


@dataclass(frozen=True)
class Moderation:
    """Keyword moderation of what goes in and what comes out, with the replies given instead."""

    keywords: tuple[str, ...]
    input_reply: str = "INPUT BLOCKED"
    output_reply: str = "OUTPUT BLOCKED"

    def flags(self, text: str) -> bool:
        """Tell whether the text holds a keyword, in any case."""
        folded = text.lower()
        return any(keyword.lower() in folded for keyword in self.keywords)


@dataclass(frozen=True)
class App:
    """One completion app: its name, the keys that open it, and what is switched on.

    `vision` is the number of images one request may bring; 0 ignores `files`.
    """

    name: str
    keys: tuple[str, ...] = field(repr=False)
    description: str = "This is my app."
    tags: tuple[str, ...] = ()
    author: str = "Owner"
    enabled: bool = True
    form: tuple[Paragraph, ...] = (Paragraph("query", "Query"),)
    speech: bool = False
    auto_play: bool = False
    vision: int = 0
    moderation: Moderation | None = None

    @property
    def id(self) -> str:
        """The app's UUID, the same in every run."""
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"app {self.name}"))

    def end_user_id(self, user: str) -> str:
        """Give the UUID under which this app knows a user; another app knows another."""
        return str(uuid.uuid5(uuid.UUID(self.id), user))


def builtin_apps(api_key: str) -> tuple[App, App]:
    """Give the two apps of every server: My App, as recorded, and Other App, a bare one."""
    return (
        App("My App", (api_key,), tags=("tag1", "tag2"), speech=True),
        App("Other App", (f"{api_key}-other",)),
    )
