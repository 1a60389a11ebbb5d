"""The settings of the recorded apps, and which key opens which of them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from completion_server.settings.toml_file import read_settings

if TYPE_CHECKING:
    from completion_server import App

SETTINGS = Path(__file__).with_name("recorded_apps.toml")


def recorded_apps() -> dict[str, App]:
    """Give the apps by their names."""
    return {app.name: app for app in read_settings(SETTINGS).apps}


def keys() -> dict[str, str]:
    """Give each app's key by the app's name."""
    apps = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))["apps"]
    return {app["name"]: app["keys"][0] for app in apps}
