"""Turns the `inputs` of a request into the prompt, by the app's form and template."""

import math
import re
from typing import Any

from completion_server.settings import App, Control, Number, Paragraph, Select, Text
from completion_server.web.errors import ApiError, invalid_param

# What the recorded token counts tell: a default is for the web page's form alone, and an input
# that is not there is written as Python writes it.
NOTHING = "None"
VARIABLE = re.compile(r"\{\{([A-Za-z_]\w*)\}\}")


def prompt_of(app: App, inputs: dict[str, Any]) -> str:
    """Put the form's values into the app's template; without one they stand a line each.

    Inputs that the form doesn't know are dropped (row 8), and variables of the template that it
    doesn't know stay as they are. Raises an `ApiError` for a value that breaks the form's rules.
    """
    values = {control.variable: _value(control, inputs) for control in app.form}
    if app.prompt is None:
        return "\n".join(values.values())
    # In one pass: a value that looks like a variable is text.
    return VARIABLE.sub(lambda found: values.get(found[1], found[0]), app.prompt)


def dify_type(control: Control) -> str:
    """Give Dify's name of a kind of control."""
    return "text-input" if control.type == "text" else control.type


def _value(control: Control, inputs: dict[str, Any]) -> str:
    """Check one value: "" passes `required`, null doesn't (row 9)."""
    given = inputs.get(control.variable)
    if given is None:
        if control.required:
            raise invalid_param(f"{control.variable} is required in input form")
        return NOTHING
    match control:
        case Number():
            return _number(control, given)
        case Select():
            return _option(control, given)
        case Text() | Paragraph():
            return _text(control, given)


def _number(control: Number, given: Any) -> str:
    """Check a number, or a text that spells one; an empty text is none."""
    if isinstance(given, str):
        given = _spelled(control, given) if given.strip() else ""
    elif isinstance(given, bool) or not isinstance(given, int | float):
        raise _invalid(control, "be a valid number")
    if isinstance(given, float) and not math.isfinite(given):
        raise _invalid(control, "be a valid number")
    return str(given)


def _spelled(control: Number, text: str) -> int | float:
    try:
        # Python refuses integers of more than 4300 digits, so this is bounded.
        return float(text) if "." in text else int(text)
    except ValueError:
        raise _invalid(control, "be a valid number") from None


def _option(control: Select, given: Any) -> str:
    text = _string(control, given)
    if text not in control.options:
        raise _invalid(control, f"be one of the following: {list(control.options)}")
    return text


def _text(control: Text | Paragraph, given: Any) -> str:
    text = _string(control, given)
    if control.max_length and len(text) > control.max_length:
        raise _invalid(control, f"be less than {control.max_length} characters")
    # Dify drops it; no database or command line takes it.
    return text.replace("\0", "")


def _string(control: Control, given: Any) -> str:
    if not isinstance(given, str):
        name = f"(type '{dify_type(control)}') {control.variable}"
        raise invalid_param(f"{name} in input form must be a string")
    return given


def _invalid(control: Control, rule: str) -> ApiError:
    return invalid_param(f"{control.variable} in input form must {rule}")
