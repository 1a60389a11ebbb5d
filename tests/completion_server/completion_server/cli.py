"""The command `completion-server`: options into settings, and a server until interrupted."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import get_args

from completion_server.faults import FAULTS, UnknownFaultError, fault_table
from completion_server.listening import HOST, Address
from completion_server.process import Deployment, serve_until_interrupted
from completion_server.settings import API_KEY, Compatibility, ServerSettings, builtin_apps, hashed
from completion_server.settings.toml_file import SettingsError, read_settings
from completion_server.web.logs import LogFormat, LogLevel

PORT = 8765
DATA = Path(".completion-server")
FAILURES = (OSError, OverflowError, ValueError, UnknownFaultError, argparse.ArgumentTypeError)
KEY_VARIABLE = "COMPLETION_SERVER_API_KEY"


def main(argv: Sequence[str] | None = None) -> int:
    """Serve; 0 after an interruption, 1 for bad settings, 2 if it can't be served as asked."""
    parser = _parser()
    options = parser.parse_args(argv)
    if options.settings and options.api_key:
        parser.error("--api-key is for a server without a settings file, which holds the keys")
    try:
        _run(options)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except FAILURES as error:
        sys.stderr.write(f"completion-server: {error}\n")
        return 2
    except KeyboardInterrupt:
        pass
    return 0


def _run(options: argparse.Namespace) -> None:
    if options.list_faults:
        sys.stdout.write(fault_table())
    elif options.hash_key:
        sys.stdout.write(f"{hashed(_key(sys.stdin.readline().strip()))}\n")
    elif options.check:
        sys.stdout.write(f"apps: {', '.join(app.name for app in _settings(options).apps)}\n")
    else:
        _serve(options)


def _serve(options: argparse.Namespace) -> None:
    settings = _settings(options)
    if options.ephemeral and settings.storage.database:
        raise ValueError("--ephemeral can't forget what [storage] database keeps")
    deployment = Deployment(
        Address(options.host, options.port),
        None if options.ephemeral else options.data,
        options.workers,
        options.log_format,
        options.log_level,
    )
    serve_until_interrupted(settings, deployment, _announce)


def _settings(options: argparse.Namespace) -> ServerSettings:
    """Read the settings file, or take the built-in apps; options come before what it says."""
    if options.settings:
        settings = read_settings(options.settings, faults=FAULTS)
    else:
        key = options.api_key or _key(os.environ.get(KEY_VARIABLE) or API_KEY)
        settings = ServerSettings(apps=builtin_apps(key))
    given = {
        "compatibility": options.compatibility,
        "faults": tuple(options.fault),
        "faults_by_header": options.faults_by_header or None,
    }
    return settings.model_copy(update={name: value for name, value in given.items() if value})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="completion-server",
        description="Serve Dify's Completion App API locally.",
        epilog="Exit status: 0 interrupted or done, 1 bad settings, 2 called wrongly or unable.",
    )
    parser.add_argument("settings", type=Path, nargs="?", help="TOML file of apps and limits")
    parser.add_argument("--version", action="version", version=version("completion-server"))
    _add_serving_options(parser)
    _add_behaviour_options(parser)
    _add_other_actions(parser)
    return parser


def _add_serving_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("serving")
    group.add_argument("--host", default=HOST, help="address to listen on (%(default)s)")
    group.add_argument(
        "--port", type=int, default=PORT, help="port; 0 takes a free one (%(default)s)"
    )
    group.add_argument("--workers", type=_count, default=1, help="processes (%(default)s)")
    kept = group.add_mutually_exclusive_group()
    kept.add_argument(
        "--data", type=Path, default=DATA, metavar="DIR", help="folder for data (%(default)s)"
    )
    kept.add_argument("--ephemeral", action="store_true", help="forget everything at the end")
    group.add_argument("--log-format", choices=get_args(LogFormat), default="json")
    group.add_argument("--log-level", choices=get_args(LogLevel), default="info")


def _add_behaviour_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("behaviour")
    group.add_argument(
        "--api-key",
        type=_key,
        help=f"key of My App, or the environment's {KEY_VARIABLE} ({API_KEY}); Other App's is the"
        " same with -other after it",
    )
    group.add_argument(
        "--compatibility", choices=get_args(Compatibility), help="version of Dify to follow"
    )
    group.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="NAME",
        help="answer with a fault; repeatable",
    )
    group.add_argument(
        "--faults-by-header",
        action="store_true",
        help="let a request ask for a fault by the header X-Fault",
    )


def _add_other_actions(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("instead of serving").add_mutually_exclusive_group()
    group.add_argument("--check", action="store_true", help="only check the settings file")
    group.add_argument("--list-faults", action="store_true", help="only list the faults")
    group.add_argument(
        "--hash-key", action="store_true", help="only hash the key on standard input for a file"
    )


def _key(text: str) -> str:
    if not text.isprintable() or not text.isascii() or " " in text or not text:
        raise argparse.ArgumentTypeError("a key is of printable ASCII characters without spaces")
    return text


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError("must be from 1 to 64")
    return number


def _announce(base_url: str) -> None:
    sys.stdout.write(f"serving {base_url}\n")
    sys.stdout.flush()
