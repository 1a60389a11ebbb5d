"""Run by itself: imports a client and calls one of its operations; prints the CPU time of both.

Imports nothing of ours before, so that a user's program is what is measured.
"""

import time

_began = time.process_time()

import importlib  # noqa: E402
import sys  # noqa: E402

_, _package, _class, *_names = sys.argv
_client_class = getattr(importlib.import_module(_package), _class)
_imported = time.process_time()

if _names:
    import httpx2

    def _answer(_request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, headers={"content-type": "application/json"}, content=b"null")

    _client = _client_class(
        api_key=_names[1] if len(_names) > 1 else "key",
        base_url="http://document.example",
        transport=httpx2.MockTransport(_answer),
    )
    _method = _client
    for _name in _names[0].split("."):
        _method = getattr(_method, _name)
    try:
        _method()
    except Exception as _error:  # noqa: BLE001 (null is no answer of most; it has been called)
        print(type(_error).__name__, file=sys.stderr)  # noqa: T201

print(_imported - _began, time.process_time() - _began)  # noqa: T201
