"""What every table of settings is: read once, checked, and never changed."""

from pydantic import BaseModel, ConfigDict


class Setting(BaseModel):
    """A table of settings; a key that it doesn't know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
