"""The settings of the recorded apps, and which key opens which of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

SETTINGS = Path(__file__).with_name("recorded_apps.toml")


def keys() -> dict[str, str]:
    """Give each app's key by the app's name."""
    apps = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))["apps"]
    return {app["name"]: app["keys"][0] for app in apps}
