"""Turns the `inputs` of a request into the prompt, by the app's form."""

from typing import Any

from completion_server.apps import App, Paragraph
from completion_server.errors import invalid_param


def prompt_of(app: App, inputs: dict[str, Any]) -> str:
    """Join the form's values; inputs that the form doesn't know are dropped (row 8)."""
    return "\n".join(_value(control, inputs.get(control.variable)) for control in app.form)


def _value(control: Paragraph, value: Any) -> str:
    """Check one value: "" passes `required`, null doesn't (row 9)."""
    name = control.variable
    if value is None:
        if control.required:
            raise invalid_param(f"{name} is required in input form")
        return ""
    if not isinstance(value, str):
        raise invalid_param(f"(type 'paragraph') {name} in input form must be a string")
    return value
