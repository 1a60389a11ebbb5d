"""Which model answers an app's prompts, and at what price."""

from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, HttpUrl, SecretStr, field_validator

from completion_server.settings.places import refuse
from completion_server.settings.setting import Setting
from completion_server.settings.whole_numbers import Count, Whole

EMBEDDED = "embedded"


def _as_written(value: Any) -> Any:
    """Turn a number, or a text that spells one, into a decimal: 0.1 is one tenth."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return value
    try:
        # A float is written with the fewest digits that make it: those of any valid price.
        return Decimal(str(value) if isinstance(value, float) else value)
    except InvalidOperation:
        return value


Price = Annotated[
    Decimal, Field(ge=0, decimal_places=7, max_digits=14), BeforeValidator(_as_written)
]
Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]


class _Priced(Setting):
    """Prices are for a thousand tokens."""

    prompt_price: Price = Decimal("0.001")
    completion_price: Price = Decimal("0.002")
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "USD"


class Embedded(_Priced):
    """The model that needs nothing installed; it knows no other `name` than its own.

    The same prompt and `seed` give the same answer; `word_delay` is in seconds.
    """

    provider: Literal["embedded"] = "embedded"
    name: Annotated[str, Field(min_length=1)] = EMBEDDED
    seed: Whole = 0
    word_delay: Annotated[float, Field(ge=0, le=60, allow_inf_nan=False)] = 0.005


class OpenAICompatible(_Priced):
    """A model behind an endpoint that speaks OpenAI's chat completions.

    The key comes from `api_key`, or from the environment variable that `api_key_variable` names;
    without `needs_key` only `api_key` is sent, so that no key of another endpoint gets there.
    `timeout` is the longest silence of the endpoint, in seconds. The environment's proxies are
    used (`HTTPS_PROXY`, `NO_PROXY`), but never for an endpoint on this machine.
    """

    provider: Literal["openai"]
    name: Annotated[str, Field(min_length=1)]
    base_url: HttpUrl = HttpUrl("https://api.openai.com/v1")
    api_key: SecretStr | None = None
    api_key_variable: Annotated[str, Field(min_length=1)] = "OPENAI_API_KEY"
    needs_key: bool = True
    system_prompt: str | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    max_tokens: Count | None = None
    seed: Whole | None = None
    timeout: Seconds = 60.0

    @field_validator("base_url")
    @classmethod
    def _without_password(cls, url: HttpUrl) -> HttpUrl:
        if url.username or url.password:
            refuse("OpenAICompatible", (), "must hold no user or password; use api_key")
        return url


ModelSettings = Annotated[Embedded | OpenAICompatible, Field(discriminator="provider")]
