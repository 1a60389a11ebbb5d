"""The base of every generated model: reads JSON, and writes back the same JSON."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A model that keeps fields it doesn't know, and writes only the fields that were set.

    So absent and null stay apart both ways.
    """

    model_config = ConfigDict(
        extra="allow",
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        defer_build=True,
        protected_namespaces=(),
        # Infinity is kept, to be refused, rather than sent as null.
        ser_json_inf_nan="constants",
    )

    def to_wire(self) -> dict[str, Any]:
        """Give the JSON object, under the document's names."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)
