"""A program that reads a stream until Ctrl-C, and then makes another call on the same client.

Run with the flavour and the base URL; says each thing as it happens.
"""

import asyncio
import sys

import httpx2

from dify_completion import AsyncDifyCompletion, DifyCompletion

REQUEST = {"inputs": {"query": "hi"}, "user": "u"}
LIMITS = httpx2.Limits(max_connections=1)
TIMEOUT = httpx2.Timeout(5.0, pool=1.0)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def read(base_url: str) -> None:
    with httpx2.Client(limits=LIMITS) as http:
        client = DifyCompletion("app-KEY", base_url, http_client=http, timeout=TIMEOUT)
        try:
            with client.completion.stream_completion_message(**REQUEST) as events:  # type: ignore[arg-type]
                for _ in events:
                    say("event")
        except KeyboardInterrupt:
            say("interrupted")
        say(client.application.get_app_info().name)


async def read_async(base_url: str) -> None:
    async with httpx2.AsyncClient(limits=LIMITS) as http:
        client = AsyncDifyCompletion("app-KEY", base_url, http_client=http, timeout=TIMEOUT)
        try:
            async with client.completion.stream_completion_message(**REQUEST) as events:  # type: ignore[arg-type]
                async for _ in events:
                    say("event")
        except asyncio.CancelledError:
            say("interrupted")
        say((await client.application.get_app_info()).name)


if __name__ == "__main__":
    flavour, base_url = sys.argv[1:]
    if flavour == "sync":
        read(base_url)
    else:
        asyncio.run(read_async(base_url))
