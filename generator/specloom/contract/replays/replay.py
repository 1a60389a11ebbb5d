"""A finding of `report.json` into the same requests again, and whether it is still there.

What the server made anew stays linked. Knows nothing of how the finding was come by or is shown.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from specloom.contract.findings.check_rules import CHECK_RULES
from specloom.contract.findings.failures import NO_ANSWER
from specloom.contract.phases.scenarios import SCENARIO_ERROR
from specloom.contract.phases.wrong_keys import near_key
from specloom.contract.plan.choice import SAFE_METHODS
from specloom.contract.plan.phases import PAGING, SCENARIOS, STOP
from specloom.contract.transport.credentials import BASIC, REDACTED, WRONG_KEY
from specloom.contract.transport.sender import NoAnswerError
from specloom.diagnostics import Location

from .linked_values import LinkedValues
from .replayed import Replayed, Step
from .reported_finding import BAD_REPLAY, find
from .verdict import fault_now

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from specloom.contract.answers.subject import Subject
    from specloom.contract.exchanges.exchange import Exchange, Request
    from specloom.contract.phases.trial import Trial
    from specloom.contract.transport.sender import Sender
    from specloom.contract.transport.target import Target
    from specloom.diagnostics import Collector

    from .reported_finding import ReportedFinding

# Checks that look at more than the last answer.
_OF_A_PHASE: Final = {
    "stop_ends_stream": STOP,
    "stream_arrival": STOP,
    "paging": PAGING,
    "scenario": SCENARIOS,
    SCENARIO_ERROR: SCENARIOS,
}


def replay(
    report: Path, finding_id: str, subject: Subject, sender: Sender, collector: Collector
) -> Replayed:
    """Send a finding's requests again, and look at the last answer by the same check.

    `report` is `report.json`; the beginning of an id will do. Raises HaltedError if there is no
    such finding, or it can't be sent again.
    """
    finding = find(report, finding_id, collector)
    if sender.safe_only:
        _check_safe(finding, Location(str(report)), collector)
    if phase := _phase(finding.check):
        return Replayed(finding, phase=phase)
    known = any(operation.id == finding.operation for operation in subject.operations.values())
    if finding.check == NO_ANSWER or not finding.exchanges or not known:
        message = f"{finding.id} has no request with an answer: make the whole run again"
        collector.halt(BAD_REPLAY, message, Location(str(report)))
    steps: list[Step] = []
    try:
        now = _send_all(finding, sender, steps)
    except NoAnswerError as error:
        return Replayed(finding, steps, str(error))
    fault = fault_now(subject, finding.check, finding.operation, finding.exchanges[-1], now)
    return Replayed(finding, steps, fault)


def decided(again: Replayed, trials: Sequence[Trial], collector: Collector) -> Replayed:
    """The verdict by the trials of the finding's phase. Raises HaltedError if they give none.

    No trial of its operation may have stopped short of the check.
    """
    check = again.finding.check
    own = [trial for trial in trials if trial.operation == again.finding.operation]
    said = (fault.message for trial in trials for fault in trial.faults if fault.check == check)
    found = next(said, None)
    telling = [trial for trial in trials if _has_told(trial, check)]
    if found is None and (not telling or any(trial not in telling for trial in own)):
        whys = dict.fromkeys(filter(None, map(_why_not, trials)))
        message = f"{again.finding.id} can't be told: {'; '.join(whys) or 'nothing was tried'}"
        collector.halt(BAD_REPLAY, message, Location("command line"))
    return replace(again, phase=None, fault=found)


def _has_told(trial: Trial, check: str) -> bool:
    """Whether a trial came to a check, and got its answers."""
    silent = any(fault.check == NO_ANSWER for fault in trial.faults)
    made = not trial.skipped if check == SCENARIO_ERROR else check in trial.checks
    return made and not silent


def _check_safe(finding: ReportedFinding, place: Location, collector: Collector) -> None:
    """Raises HaltedError if a request of a finding changes something (RFC 9110 §9.2.1)."""
    methods = {exchange.request.method for exchange in finding.exchanges} - SAFE_METHODS
    if methods:
        message = f"{finding.id} needs {', '.join(sorted(methods))}, which --read-only rules out"
        collector.halt(BAD_REPLAY, message, place)


def _why_not(trial: Trial) -> str | None:
    """Why a trial did not come to its checks."""
    return trial.skipped or next((fault.message for fault in trial.faults), None)


def _phase(check: str) -> str | None:
    """The phase that alone can tell; a check without a rule of its own is a scenario's."""
    return _OF_A_PHASE.get(check) or (None if check in CHECK_RULES else SCENARIOS)


def _send_all(finding: ReportedFinding, sender: Sender, steps: list[Step]) -> Exchange:
    """The last exchange, made again after the others. Raises NoAnswerError."""
    values = LinkedValues()
    for then in finding.exchanges:
        request = values.link(then.request)
        status = then.response.status
        steps.append(Step(request.method, request.target, status, None))
        now = _send(request, sender, finding.operation)
        steps[-1] = replace(steps[-1], now=now.response.status)
        values.learn(then.response, now.response)
    return now


def _send(request: Request, sender: Sender, name: str) -> Exchange:
    """Send with the key where it stood as usual, else where it stood; the answer has none."""
    target = sender.target
    usual = {field.lower(): value for field, value in target.shown_headers.items()}
    is_usual = usual.items() <= request.headers.items()
    made = _with_key(request, target)
    exchange = sender.send(made, name) if is_usual else sender.bare(made, name)
    response = exchange.response
    clean = replace(response, body=target.redact_bytes(response.body))
    return replace(exchange, request=request, response=clean)


def _with_key(request: Request, target: Target) -> Request:
    key = target.credentials.key if target.credentials else REDACTED
    keys = {REDACTED: key, WRONG_KEY: near_key(key)}
    basic = {name.lower() for name, scheme in _schemes(target).items() if scheme == BASIC}
    headers = {
        name: _encoded(value, keys) if name in basic else _filled(value, keys)
        for name, value in request.headers.items()
    }
    whole = request.target.replace(REDACTED, quote(key, safe=""))
    return replace(request, headers=headers, target=whole)


def _schemes(target: Target) -> Mapping[str, str]:
    return target.credentials.schemes if target.credentials else {}


def _encoded(value: str, keys: Mapping[str, str]) -> str:
    """The value of a header in which keys are in base64 (RFC 7617 §2)."""
    rest = re.sub(r"^\w+ ", "", value)
    if not any(shown in rest for shown in keys):
        return value
    return value.removesuffix(rest) + b64encode(_filled(rest, keys).encode()).decode()


def _filled(text: str, keys: Mapping[str, str]) -> str:
    for shown, key in keys.items():
        text = text.replace(shown, key)
    return text
