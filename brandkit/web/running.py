"""Servers on loopback, several in one loop, until Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from brandkit.base.walls import EnvironmentProblem

_TRIED = 20  # ports after the usual one
_CROWD = 600  # connections at once


@dataclass(frozen=True)
class Place:
    """An application, and the socket on which it is served."""

    app: ASGIApp
    socket: socket.socket

    @property
    def port(self) -> int:
        """Where it is reached."""
        return int(self.socket.getsockname()[1])


def listen(port: int, chosen: bool, option: str = "--port") -> socket.socket:
    """A socket on 127.0.0.1. A port that a person chose is taken or refused; another one may be the next free.

    Raises EnvironmentProblem.
    """
    for candidate in [port] if chosen or not port else range(port, port + _TRIED):
        place = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind(("127.0.0.1", candidate))
            place.listen(1024)
        except OSError as error:
            place.close()
            problem = error
            continue
        return place
    raise EnvironmentProblem(f"port {port} cannot be used ({problem.strerror}); choose another with {option}")


def run(places: Sequence[Place], ready: Callable[[], None], ending: Callable[[], None]) -> None:
    """Serve until interrupted. `ready` is called once all answer, `ending` in the loop before they close."""
    asyncio.run(_run(places, ready, ending))


async def _run(places: Sequence[Place], ready: Callable[[], None], ending: Callable[[], None]) -> None:
    servers = [_Server(_config(place.app)) for place in places]
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(name, over.set)
    tasks = [
        asyncio.create_task(server.serve(sockets=[place.socket])) for server, place in zip(servers, places, strict=True)
    ]
    while not all(server.started for server in servers):
        await asyncio.sleep(0.01)
    ready()
    await over.wait()
    ending()
    for server in servers:
        server.should_exit = True
    await asyncio.gather(*tasks)


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        lifespan="off",
        server_header=False,
        ws="none",
        limit_concurrency=_CROWD,
        timeout_graceful_shutdown=1,
    )


class _Server(uvicorn.Server):
    """Signals are heard once, for all servers."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing: `_run` hears them."""
        yield
