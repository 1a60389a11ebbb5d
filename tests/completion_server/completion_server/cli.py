"""The command `completion-server`: serves until interrupted."""

import argparse
import sys
from collections.abc import Sequence

from completion_server.apps import API_KEY
from completion_server.serving import HOST, serve_until_interrupted

PORT = 8765


def main(argv: Sequence[str] | None = None) -> int:
    """Serve; 0 after an interruption, 2 if the address can't be used."""
    options = _parser().parse_args(argv)
    try:
        serve_until_interrupted(options.host, options.port, options.api_key, _announce)
    except (OSError, OverflowError) as error:
        sys.stderr.write(f"completion-server: {options.host}:{options.port}: {error}\n")
        return 2
    except KeyboardInterrupt:
        pass
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="completion-server",
        description="Serve Dify's Completion App API locally, with an embedded model.",
    )
    parser.add_argument("--host", default=HOST, help="address to listen on (%(default)s)")
    parser.add_argument(
        "--port", type=int, default=PORT, help="port; 0 takes a free one (%(default)s)"
    )
    parser.add_argument(
        "--api-key",
        default=API_KEY,
        help="key of My App (%(default)s); Other App's is the same with -other after it",
    )
    return parser


def _announce(base_url: str) -> None:
    sys.stdout.write(f"serving {base_url}\n")
    sys.stdout.flush()
