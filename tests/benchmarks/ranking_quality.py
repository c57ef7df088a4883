"""How good brandkit's suggestions are, measured on texts and judgements that nobody of this project wrote.

    python tests/benchmarks/ranking_quality.py quality      # the order of entries, beside plain methods
    python tests/benchmarks/ranking_quality.py ablation     # what each component of the score is worth
    python tests/benchmarks/ranking_quality.py history      # what each line of history is worth
    python tests/benchmarks/ranking_quality.py silence      # who is offered anything, and whether it is right
    python tests/benchmarks/ranking_quality.py speed        # beside SQLite's full-text search

In: the evaluation sets in $BRANDKIT_SHARED/eval (without that variable: ../shared/eval beside the
repository), with lay_out.py, evaluate.py and BASELINES.md; without them it says so and ends well.
Out: plain tables, and with --json FILE the same as data. Each set is laid out as a project in a
temporary folder and brandkit runs there as anybody would run it: what is measured is what people get.

Two settings: A knows the profile of a contact alone, B also what was shared before and how that was
received. Whoever tunes a weight does so on the even contacts (the first, the third, ... of contacts.jsonl)
and reports the odd ones: --half odd. (In citeulike-a it is the even ones that have a need, all of them
and nobody else: what a need is worth there shows with --half even or all.) Needs numpy.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from ranking import ablation, history, quality, silence, speed
from ranking.projects import FailedRun
from ranking.sets import Sets, sets_in
from ranking.workshop import Workshop

_REPOSITORY = Path(__file__).resolve().parents[2]
_COMMANDS = {"quality": quality, "ablation": ablation, "history": history, "silence": silence, "speed": speed}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in _COMMANDS.items():
        first = (module.__doc__ or "").split("\n")[0]
        command = commands.add_parser(
            name, help=first, description=module.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        _shared(command)
        if hasattr(module, "add_options"):
            module.add_options(command)
    return parser.parse_args()


def _shared(command: argparse.ArgumentParser) -> None:
    command.add_argument("--sets", nargs="+", metavar="NAME", help="only these sets; else all that are there")
    command.add_argument("--settings", nargs="+", choices=["A", "B"], default=["A", "B"], help="A profile, B + history")
    command.add_argument("--half", choices=["even", "odd", "all"], default="all", help="which contacts are scored")
    command.add_argument(
        "--semantic", default="auto", metavar="off|auto|NAME", help="off: words alone; auto: as installed; or a model"
    )
    command.add_argument("--brandkit", type=Path, metavar="FOLDER", help="measure this source tree, not the usual one")
    command.add_argument(
        "--jobs", type=int, default=min(2, os.cpu_count() or 1), help="runs at the same time [%(default)s]"
    )
    command.add_argument("--keep", action="store_true", help="keep the projects that were laid out, and say where")
    command.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")


def _eval_folder() -> Path:
    shared = os.environ.get("BRANDKIT_SHARED")
    return (Path(shared) if shared else _REPOSITORY.parent / "shared") / "eval"


def main() -> int:
    """One command, from the sets to the tables."""
    arguments = _arguments()
    folder = _eval_folder()
    if not (folder / "evaluate.py").is_file():
        print(f"There are no evaluation sets in {folder}; nothing was measured.")
        return 0
    try:
        found = sets_in(folder, arguments.sets, arguments.half)
        with Workshop(arguments) as workshop:
            return _measure(arguments, found, workshop)
    except (FailedRun, LookupError, ModuleNotFoundError) as problem:
        print(problem.args[0] if problem.args else problem, file=sys.stderr)
        return 2


def _measure(arguments: argparse.Namespace, found: Sets, workshop: Workshop) -> int:
    print(workshop.brandkit, flush=True)
    if arguments.semantic == "off" and not workshop.brandkit.knows_semantic:
        print("It has no settings.semantic: it knows words alone.")
    figures = _COMMANDS[arguments.command].run(arguments, found, workshop)
    workshop.write(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
