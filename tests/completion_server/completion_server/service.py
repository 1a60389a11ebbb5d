"""What every operation works with."""

from dataclasses import dataclass, field

from completion_server.apps import App
from completion_server.model import Model
from completion_server.running import Running
from completion_server.store import Store


@dataclass(frozen=True)
class Service:
    """The apps served, the model that answers, and what is kept between requests.

    `ping_interval` is in seconds.
    """

    apps: tuple[App, ...]
    model: Model
    ping_interval: float
    store: Store = field(default_factory=Store)
    running: Running = field(default_factory=Running)
