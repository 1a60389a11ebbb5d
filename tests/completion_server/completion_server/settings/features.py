"""What an app may have switched on, and how its web page looks."""

from typing import Annotated, Literal

from pydantic import Field

from completion_server.settings.setting import Setting
from completion_server.settings.whole_numbers import Count

SpeechFormat = Literal["mp3", "wav"]


class Speech(Setting):
    """Text to speech; `auto_play` speaks every streamed answer, in MP3."""

    voice: str = "alloy"
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")] = "en-US"
    auto_play: bool = False
    format: SpeechFormat = "mp3"


class Vision(Setting):
    """Images with a prompt: how many at most, and how they may come."""

    images: Count = 3
    detail: Literal["low", "high"] = "high"
    transfer_methods: Annotated[
        tuple[Literal["remote_url", "local_file"], ...], Field(min_length=1)
    ] = ("remote_url", "local_file")


class Moderation(Setting):
    """Keyword moderation of what goes in and what comes out, with the replies given instead."""

    keywords: Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]
    input: bool = True
    input_reply: str = "INPUT BLOCKED"
    output: bool = True
    output_reply: str = "OUTPUT BLOCKED"

    def flags(self, text: str) -> bool:
        """Tell whether the text holds a keyword, in any case."""
        folded = text.lower()
        return any(keyword.lower() in folded for keyword in self.keywords)


class WebApp(Setting):
    """How an app's web page looks; `title` is the app's name unless given."""

    title: str | None = None
    chat_color_theme: str | None = None
    chat_color_theme_inverted: bool = False
    icon_type: Literal["emoji", "image"] = "emoji"
    icon: str = "😄"
    icon_background: str | None = "#FFEAD5"
    icon_url: str | None = None
    description: str | None = None
    copyright: str | None = None
    privacy_policy: str | None = None
    custom_disclaimer: str = ""
    default_language: str = "en-US"
    show_workflow_steps: bool = True
    use_icon_as_answer_icon: bool = False
