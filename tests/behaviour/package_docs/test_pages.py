"""What a generated README and api.md say is so, and is there only where there is something to say.

The flagship's are held to the package; those of small documents show what is left out.
"""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import dify_completion
from dify_completion import DifyCompletion
from dify_completion._runtime.base_client import ClientOptions
from dify_completion._runtime.request import RequestOptions
from tests.behaviour.package_docs import documents
from tests.golden.update import FEATURES, HERE

if TYPE_CHECKING:
    from collections.abc import Iterator

README = documents.chapters(documents.FLAGSHIP / "README.md")
API = documents.chapters(documents.FLAGSHIP / "api.md")
PAGES = [documents.FLAGSHIP, *(HERE / feature / "package" for feature in FEATURES)]
EXPORTS = {
    alias.asname
    for node in ast.walk(ast.parse(Path(dify_completion.__file__).read_text(encoding="utf-8")))
    if isinstance(node, ast.ImportFrom)
    for alias in node.names
    if alias.asname
}


def names(cell: str) -> list[str]:
    return re.findall(r"`(\w+)", cell)


def errors() -> dict[str, list[str]]:
    found = {name: getattr(dify_completion, name) for name in EXPORTS}
    return {
        name: [base.__name__ for base in value.__bases__]
        for name, value in found.items()
        if isinstance(value, type) and issubclass(value, Exception)
    }


@pytest.mark.parametrize("page", [README, API], ids=["README", "api"])
def test_the_errors_are_told_with_their_bases(page: dict[str, str]) -> None:
    told = {names(row[0])[0]: names(row[1]) for row in documents.rows(page["Errors"])}
    assert errors() == told


def test_the_statuses_told_are_those_of_the_errors() -> None:
    for name, bases, meaning in documents.rows(README["Errors"]):
        if "APIStatusError" in bases:
            documented = getattr(dify_completion, names(name)[0]).__doc__
            assert documented.startswith(meaning.removesuffix("."))


def test_the_options_of_a_call_are_told() -> None:
    for text in (README["Options"], API["Options of a call"]):
        told = [names(row[0])[0] for row in documents.rows(text)]
        assert list(RequestOptions.__annotations__) == told


def test_the_options_of_a_client_are_told() -> None:
    told = re.search(r"It takes (.*?)\. A single call", README["Options"])
    assert told is not None
    assert list(ClientOptions.__annotations__) == names(told[1])


def test_every_name_of_the_package_is_told() -> None:
    told = {name for row in documents.rows(API["Names of the package"]) for name in names(row[0])}
    clients = {"DifyCompletion", "AsyncDifyCompletion"}
    assert EXPORTS - clients - set(errors()) == told


def surface() -> Iterator[tuple[Any, Any]]:
    """Each function that api.md writes, and the method that it stands for."""
    client = DifyCompletion(api_key="key")
    for heading, text in API.items():
        if heading.startswith("client"):
            group = getattr(client, heading.partition(".")[2]) if "." in heading else client
            written: dict[str, Any] = {"UNSET": dify_completion.UNSET}
            exec("from __future__ import annotations\n" + documents.python(text), written)  # noqa: S102
            for name in re.findall(r"^def (\w+)", text, re.MULTILINE):
                yield written[name], getattr(group, name)


def test_the_signatures_are_those_of_the_methods() -> None:
    found = list(surface())
    for written, method in found:
        parameters = inspect.signature(method).parameters.values()
        actual = [
            (parameter.name, parameter.default is parameter.empty)
            for parameter in parameters
            if parameter.name != "options"
        ]
        told = inspect.signature(written, eval_str=False).parameters.values()
        assert actual == [(item.name, item.default is item.empty) for item in told]
        returned = inspect.signature(written).return_annotation
        assert inspect.signature(method).return_annotation == returned
    assert len(found) == 11


def test_the_constructor_is_that_of_the_client() -> None:
    text = "from __future__ import annotations\n" + documents.python(API["The client"])
    written: dict[str, Any] = {}
    exec(text, written)  # noqa: S102
    told = inspect.signature(written["DifyCompletion"]).parameters.values()
    actual = inspect.signature(DifyCompletion).parameters.values()
    assert [(item.name, item.kind) for item in actual] == [(item.name, item.kind) for item in told]


@pytest.mark.parametrize("package", PAGES, ids=lambda package: package.parent.name)
def test_the_links_of_a_readme_lead_to_its_chapters(package: Path) -> None:
    text = (package / "README.md").read_text(encoding="utf-8")
    anchors = {name.lower().replace(" ", "-") for name in documents.chapters(package / "README.md")}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) == anchors
    assert set(re.findall(r"\]\(([^)#:]+)\)", text)) == {"api.md"}


@pytest.mark.parametrize("package", PAGES, ids=lambda package: package.parent.name)
@pytest.mark.parametrize(
    ("chapter", "sign"),
    [
        ("Streams", r"-> Stream\["),
        ("Files", r"FileTypes|(?<!str \| )FileContent"),  # a text is given as one
        ("Binary answers", "-> BinaryResponse"),
        ("Pages", r"-> Pages\["),
    ],
)
def test_a_chapter_is_there_if_a_method_needs_it(package: Path, chapter: str, sign: str) -> None:
    api = documents.chapters(package / "api.md")
    methods = "".join(text for name, text in api.items() if name.startswith("client"))
    needed = re.search(sign, methods) is not None
    assert needed == (chapter in documents.chapters(package / "README.md"))


def test_a_document_without_keys_tells_of_none() -> None:
    readme = (HERE / "untagged/package/README.md").read_text(encoding="utf-8")
    assert "api_key" not in readme.replace("`api_key`", "")


def test_several_security_schemes_are_given_by_name() -> None:
    keys = documents.chapters(HERE / "security/package/README.md")["Keys and base URL"]
    assert '"basic": "user:password"' in keys
    assert '"oauth": "your key"' in keys
    assert "security scheme" not in README["Keys and base URL"]


def test_the_version_is_where_it_is_said_to_be() -> None:
    said = README["Version and publishing"]
    assert f"This is version {dify_completion.__version__}," in said
    settings = (documents.ROOT / "spec/completion/specloom.toml").read_text(encoding="utf-8")
    assert f'version = "{dify_completion.__version__}"' in settings
