"""The settings of one app."""

import uuid
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from completion_server.settings.features import Moderation, Speech, Vision, WebApp
from completion_server.settings.form import Control, Paragraph
from completion_server.settings.keys import HashedKey
from completion_server.settings.models import Embedded, ModelSettings
from completion_server.settings.places import refuse_repeats
from completion_server.settings.setting import Setting
from completion_server.settings.whole_numbers import Count

QUERY = Paragraph(variable="query", label="Query", required=True)


class App(Setting):
    """One app: the keys that open it, what it asks for, what is switched on, and its model.

    `prompt` is a template in which `{{variable}}` stands for an input; without one the inputs
    follow one another, a line each. An app that is not `configured` answers no prompt.
    """

    name: Annotated[str, Field(min_length=1)]
    keys: Annotated[tuple[HashedKey, ...], Field(min_length=1, repr=False)]
    description: str = "This is my app."
    tags: tuple[str, ...] = ()
    author: str = "Owner"
    mode: Literal["completion", "chat"] = "completion"
    enabled: bool = True
    configured: bool = True
    prompt: str | None = None
    form: tuple[Control, ...] = (QUERY,)
    model: ModelSettings = Embedded()
    speech: Speech | None = None
    speech_to_text: bool = False
    vision: Vision | None = None
    moderation: Moderation | None = None
    suggested_questions: tuple[str, ...] = ()
    suggested_questions_after_answer: bool = False
    annotation_reply: bool = False
    more_like_this: bool = False
    concurrent_requests: Count | None = None
    web_app: WebApp = WebApp()

    @model_validator(mode="after")
    def _variables_differ(self) -> Self:
        variables = [control.variable for control in self.form]
        refuse_repeats("App", ((("form", i, "variable"), v) for i, v in enumerate(variables)))
        return self

    @property
    def id(self) -> str:
        """The app's UUID, the same in every run."""
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"app {self.name}"))

    def end_user_id(self, user: str) -> str:
        """Give the UUID under which this app knows a user; another app knows another."""
        return str(uuid.uuid5(uuid.UUID(self.id), user))
