"""Every fault changes what its operations answer, and nothing else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from completion_server import App, Embedded, ServerSettings, Speech, Vision
from completion_server.dialects import DIALECTS
from completion_server.faults import FAULTS
from completion_server.faults.changes import waits
from completion_server.faults.mutants import waiting
from completion_server.faults.on_demand import network
from completion_server.operations.service import Service, create_service
from completion_server.settings import Storage
from completion_server.storage import Store
from tests.unit.server.asgi_client import Answer, Waited
from tests.unit.server.fault_client import KEY
from tests.unit.server.fault_comparison import comparable
from tests.unit.server.fault_probes import COMPLETE, PROBES, STREAMED, transcript
from tests.unit.server.fault_requests import CLOSED_KEY, OTHER_KEY
from tests.unit.server.fault_servers import servers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Never

    from completion_server.faults import Fault
    from completion_server.settings import Compatibility

pytestmark = pytest.mark.slow

COMPLETION = "createCompletionMessage"
MODEL = Embedded(word_delay=0)
APPS = (
    App(name="Main", keys=(KEY,), model=MODEL, speech=Speech(), vision=Vision(), tags=("a", "b")),
    App(name="Other", keys=(OTHER_KEY,), model=MODEL, speech=Speech()),
    App(name="Closed", keys=(CLOSED_KEY,), model=MODEL, speech=Speech(), enabled=False),
)


class Silence:
    """Speaks at once."""

    async def speak(self, text: str, speech_format: str, _language: str) -> bytes:
        return f"{speech_format} {text}".encode().ljust(300, b".")


class Server:
    """A service in a loop of its own, and what it answers without faults."""

    def __init__(self, runner: asyncio.Runner, service: Service) -> None:
        self._runner = runner
        self._service = service
        self._plain = {name: self._whole(name) for name in PROBES}

    def _whole(self, operation: str) -> list[str]:
        async def ask() -> list[str]:
            return [each async for each in transcript(operation, servers(self._service))]

        return self._runner.run(ask())

    def differs(self, operation: str, fault: Fault) -> bool:
        """Tell whether an operation answers otherwise with a fault."""

        async def compare() -> bool:
            expected = iter(self._plain[operation])
            async for each in transcript(operation, servers(self._service, (fault.name,))):
                if each != next(expected):
                    return True
            return False

        return self._runner.run(compare())

    def answer(
        self, request: dict[str, Any], *faults: str, version: Compatibility = "1.14.2"
    ) -> Answer:
        """Answer a request for a completion."""
        service = replace(self._service, dialect=DIALECTS[version])
        return self._runner.run(servers(service, faults).faulty.ask(COMPLETION, **request))


# They change a completion only in that they remember whose it is.
REMEMBERING = {"stop-by-another-user", "stop-stops-all"}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def sleep(_seconds: float) -> Never:
        raise Waited

    for module in (waits, network, waiting):
        monkeypatch.setattr(module, "asyncio", SimpleNamespace(sleep=sleep))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    store = Store.open(tmp_path_factory.mktemp("store"), Storage())
    service = replace(create_service(ServerSettings(apps=APPS), store), speaker=Silence())
    with asyncio.Runner() as runner:
        yield Server(runner, service)
        runner.run(service.close())


def test_the_probes_find_no_difference_where_there_is_none(server: Server) -> None:
    plain = FAULTS["upload-200"]
    assert not [name for name in PROBES if name != "uploadFile" and server.differs(name, plain)]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_changes_each_of_its_operations(server: Server, fault: Fault) -> None:
    spoiled = {"stopGenerate"} if fault.name in REMEMBERING else fault.operations
    assert [name for name in sorted(spoiled) if not server.differs(name, fault)] == []


# Something can be stopped only where something is being completed.
NEEDED = {"stopGenerate": {"stopGenerate", COMPLETION}}


@pytest.mark.parametrize("name", PROBES)
def test_a_fault_leaves_other_operations_alone(server: Server, name: str) -> None:
    # It follows from how faults are switched on; a sample shows it.
    needed = NEEDED.get(name, {name})
    others = [fault for fault in FAULTS.values() if fault.operations.isdisjoint(needed)][::30]
    assert others
    assert [fault.name for fault in others if server.differs(name, fault)] == []


def test_a_fault_of_one_mode_only_says_so(server: Server) -> None:
    def changes(request: dict[str, Any], fault: Fault) -> bool:
        return comparable([server.answer(request)]) != comparable(
            [server.answer(request, fault.name)]
        )

    silent = []
    for fault in FAULTS.values():
        if COMPLETION in fault.operations:
            streamed, complete = changes(STREAMED, fault), changes(COMPLETE, fault)
            word = "stream" if streamed else "complete answer"
            if streamed != complete and word not in fault.summary:
                silent.append(fault.name)
    assert silent == []


@pytest.mark.parametrize("version", DIALECTS)
def test_events_are_written_as_the_version_writes_them(
    server: Server, version: Compatibility
) -> None:
    """`text-doubled` writes anew what it doubles."""
    plain = server.answer(STREAMED, version=version).body.decode()
    doubled = server.answer(STREAMED, "text-doubled", version=version).body.decode()
    # Ids and times aside, which differ from answer to answer.
    spelled = [frame.partition('"message_id"')[0] for frame in plain.split("\n\n")]
    assert {frame.partition('"message_id"')[0] for frame in doubled.split("\n\n")} == set(spelled)
    assert len(doubled.split("\n\n")) > len(spelled)


def test_faults_follow_one_another(server: Server) -> None:
    """What one fault has made no stream, or a broken one, the next leaves alone."""
    cut = server.answer(STREAMED, "cut-stream", "no-message-end", "text-doubled")
    assert (cut.status, cut.complete, len(cut.chunks)) == (200, False, 3)
    misnamed = server.answer(COMPLETE, "json-as-stream", "no-message-end", "wrong-length")
    assert misnamed.json["event"] == "message"
