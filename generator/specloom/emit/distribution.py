"""The IR and the normalized document into a distribution's texts: models, methods, manifest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .examples import examples_of
from .format import format_python
from .models import render_models
from .render import render
from .write import with_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.ir import Package


def texts_of(
    package: Package, tree: dict[str, Any], overrides: Path | None = None
) -> dict[str, str]:
    """Every file of the distribution, by its path within the distribution's folder.

    `overrides` holds the templates that take the place of specloom's.
    """
    models = render_models(tree, package.models, package.name)
    texts = format_python(render(package, models, examples_of(package, tree), overrides))
    texts["openapi.json"] = json.dumps(tree, indent=2, ensure_ascii=True) + "\n"
    return with_manifest(texts)
