"""Words a bad argument as pydantic does, which is how Dify 1.14.2 tells it."""

from completion_server.dialects.arguments import BadArgument

LONGEST_VALUE = 50
KINDS = {
    "missing": ("missing", "Field required"),
    "choice": ("literal_error", "Input should be {choices}"),
    "object": ("dict_type", "Input should be a valid dictionary"),
    "list": ("list_type", "Input should be a valid list"),
    "string": ("string_type", "Input should be a valid string"),
    "integer": (
        "int_parsing",
        "Input should be a valid integer, unable to parse string as an integer",
    ),
    "too_small": ("greater_than_equal", "Input should be greater than or equal to {low}"),
    "too_large": ("less_than_equal", "Input should be less than or equal to {high}"),
}


def validation_dump(error: BadArgument) -> str:
    """Give the lines of one validation error."""
    kind, rule = KINDS[error.problem]
    return (
        f"1 validation error for {error.payload}\n{error.field}\n"
        f"  {rule.format_map(_named(error))} [type={kind}, input_value={_shortened(error.value)},"
        f" input_type={type(error.value).__name__}]\n"
        f"    For further information visit https://errors.pydantic.dev/2.12/v/{kind}"
    )


def _named(error: BadArgument) -> dict[str, object]:
    if error.problem == "choice":
        return {"choices": " or ".join(map(repr, error.allowed))}
    return dict(zip(("low", "high"), error.allowed, strict=False))


def _shortened(value: object) -> str:
    shown = repr(value)
    half = LONGEST_VALUE // 2
    return shown if len(shown) <= LONGEST_VALUE else f"{shown[:half]}...{shown[1 - half :]}"
