"""The controls of an app's input form."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from completion_server.settings.places import refuse
from completion_server.settings.setting import Setting
from completion_server.settings.whole_numbers import Count, within_64_bits

Variable = Annotated[str, Field(pattern=r"^[A-Za-z_]\w{0,99}$")]


class _Control(Setting):
    variable: Variable
    label: str = ""
    required: bool = False

    @property
    def shown_label(self) -> str:
        """The label, or the variable where there is none."""
        return self.label or self.variable


class _Written(_Control):
    max_length: Count | None = None
    default: str = ""

    @model_validator(mode="after")
    def _default_fits(self) -> Self:
        if self.max_length and len(self.default) > self.max_length:
            refuse(type(self).__name__, ("default",), "must not be longer than max_length")
        return self


class Text(_Written):
    """One line of text; `max_length` in characters."""

    type: Literal["text"] = "text"


class Paragraph(_Written):
    """Text of any number of lines; `max_length` in characters."""

    type: Literal["paragraph"] = "paragraph"


class Select(_Control):
    """One of several options."""

    type: Literal["select"] = "select"
    options: Annotated[tuple[str, ...], Field(min_length=1)]
    default: str = ""

    @model_validator(mode="after")
    def _default_is_an_option(self) -> Self:
        if self.default and self.default not in self.options:
            refuse("Select", ("default",), "must be one of the options")
        return self


class Number(_Control):
    """A number, or a text that spells one."""

    type: Literal["number"] = "number"
    default: Annotated[
        int | Annotated[float, Field(allow_inf_nan=False)] | None, AfterValidator(within_64_bits)
    ] = None


Control = Annotated[Text | Paragraph | Select | Number, Field(discriminator="type")]
