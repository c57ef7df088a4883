"""Runs brandkit with one component of the fit left out: `python without.py NAME suggest ...`.

`python without.py --names` lists the components.
The registry is replaced before the command runs. A module that took the tuple by name gets the new one too.
"""

from __future__ import annotations

import importlib
import json
import sys

_MAY_HOLD_IT = ("brandkit.engage.ranking", "brandkit.engage.moves.share")


def main() -> None:
    """The name, then brandkit's own arguments."""
    from brandkit.engage.scoring import registry

    name, *arguments = sys.argv[1:]
    names = [scorer.name for scorer in registry.FIT]
    if name == "--names":
        print(json.dumps(names))
        return
    if name not in names:
        sys.exit(f"There is no component {name}; there are: {', '.join(names)}.")
    _leave_out(name)
    from brandkit.cli.main import main as brandkit

    sys.argv = ["brandkit", *arguments]
    brandkit()


def _leave_out(name: str) -> None:
    from brandkit.engage.scoring import registry

    whole = registry.FIT
    left = tuple(scorer for scorer in whole if scorer.name != name)
    for module in _MAY_HOLD_IT:
        importlib.import_module(module)
    for module in [found for found in sys.modules if found.startswith("brandkit.")]:
        if getattr(sys.modules[module], "FIT", None) is whole:
            sys.modules[module].FIT = left


if __name__ == "__main__":
    main()
