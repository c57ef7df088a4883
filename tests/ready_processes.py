"""A process that has loaded brandkit already and forks one child for each command that a test runs.

Each run is a process of its own, with its own folder, environment, input and output, as a person's is; only
the second that Python takes to load everything is spent once. One request a line on standard input, as JSON:
`cwd`, `arguments`, `env`, `out`, `err`; the exit code comes back as a line.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback


def load() -> None:
    """Everything that commands import when they are called."""
    from brandkit.cli.main import ALSO, EVERY_WEEK

    for module, _ in {**EVERY_WEEK, **ALSO}.values():
        importlib.import_module(f"brandkit.cli.{module}_command")
    for name in (
        "brandkit.app.advise",
        "brandkit.app.running",
        "brandkit.app.words.drafting",
        "rich.console",
        "rich.progress",
    ):
        importlib.import_module(name)


def switch_off(name: str) -> None:
    """Take one gate or move out of its table: how tests/mission/without_a_gate.py shows that each matters."""
    from brandkit.engage import advising
    from brandkit.engage.gates import registry

    registry.RULES = tuple(rule for rule in registry.RULES if getattr(rule, "__name__", "") != name)
    vars(advising)["MOVES"] = tuple(move for move in vars(advising)["MOVES"] if move.name != name)


def run(request: dict[str, object]) -> int:
    """Run one command in this process, which is a child made for it."""
    from brandkit.cli.main import main

    for number, (path, flags) in enumerate(
        ((os.devnull, os.O_RDONLY), (request["out"], os.O_WRONLY), (request["err"], os.O_WRONLY))
    ):
        os.dup2(os.open(str(path), flags), number)
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, mode, encoding="utf-8", closefd=False) for number, mode in ((0, "r"), (1, "w"), (2, "w"))
    )
    os.chdir(str(request["cwd"]))
    os.environ.clear()
    os.environ.update(request["env"])  # type: ignore[arg-type]
    sys.argv = ["brandkit", *request["arguments"]]  # type: ignore[misc]
    try:
        main()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def serve() -> None:
    """Answer requests until there are no more."""
    load()
    switch_off(os.environ.get("BRANDKIT_TESTS_WITHOUT", ""))
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                code = run(json.loads(line))
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    serve()
