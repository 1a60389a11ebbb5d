"""The phases of a run, in the order in which they run: the examples, ours, then the rest.

Knows nothing of what a phase does.
"""

from __future__ import annotations

from typing import Final

AUTHENTICATION: Final = "authentication"
INPUTS: Final = "inputs"
PAGING: Final = "paging"
SCENARIOS: Final = "scenarios"
STOP: Final = "stop"
EXAMPLES: Final = "examples"
COVERAGE: Final = "coverage"
FUZZING: Final = "fuzzing"
STATEFUL: Final = "stateful"

OWN_PHASES: Final = (AUTHENTICATION, INPUTS, PAGING, SCENARIOS, STOP)
SCHEMATHESIS_PHASES: Final = (EXAMPLES, COVERAGE, FUZZING, STATEFUL)
PHASES: Final = (EXAMPLES, *OWN_PHASES, *SCHEMATHESIS_PHASES[1:])
