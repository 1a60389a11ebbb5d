"""Faults on demand: what a broken server, or one in trouble, would answer."""

from completion_server.faults.catalogue import FAULTS, UnknownFaultError, find
from completion_server.faults.fault import Endpoint, Fault, Wrap
from completion_server.faults.switch import HEADER, switched
from completion_server.faults.table import fault_table

__all__ = [
    "FAULTS",
    "HEADER",
    "Endpoint",
    "Fault",
    "UnknownFaultError",
    "Wrap",
    "fault_table",
    "find",
    "switched",
]
