"""How fast brandkit builds the public site, beside Hugo, Eleventy and Pelican on the same posts.

    python tests/benchmarks/against_peers.py --peers-dir FOLDER
    python tests/benchmarks/against_peers.py --sizes 100 300 --runs 1 --only cold edit nothing
    python tests/benchmarks/against_peers.py --peers-dir FOLDER --runs 5 --docs

In: the shared benchmark's generator of posts and its layouts for the peers (BRANDKIT_SHARED names its folder; else
../shared beside the repository); the peers that are installed below --peers-dir, as its README says. Out: plain
tables, and with --docs the figures of docs/performance.md and its picture. Run on purpose, on an idle machine, on
Linux. Each time is that of a whole command; generators take turns, medians are shown, nothing is asserted.

  cold      outputs and caches removed before each run
  edit      a line appended to one post before each run
  nothing   nothing done between two runs
  changes   of brandkit: a tag renamed in one post, a block of the template changed
  served    from saving a post to its new text being served
  memory    the peak of all processes of a cold build together
  real      of brandkit: what the pages of its own theme cost
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from measuring import BENCH, REPOSITORY, FailedCommand, environment
from peers import generators
from peers.cases import build, changes, cold, edited, memory, unchanged
from peers.curves import curves
from peers.figures import COLD, EDIT, NOTHING, OURS, Figure
from peers.generators import PEERS, Generator, Project, installed, lay_out
from peers.served import served
from peers.tables import BY_THEME, SMALLEST, beside_first, beside_peers, documented, growths, theme

_PAGE, _PICTURE = REPOSITORY / "docs/performance.md", "performance-growth.svg"
_BEGIN, _END = "<!-- figures: written by tests/benchmarks/against_peers.py --docs -->", "<!-- end of figures -->"


class Sitting:
    """All that is measured in one go; a corpus is laid out once for each generator and size."""

    def __init__(self, options: argparse.Namespace, ours: Generator, peers: list[Generator], folder: Path) -> None:
        self.sizes: list[int] = sorted(set(options.sizes))
        self.real_sizes: list[int] = sorted(set(options.real_sizes))
        self.runs: int = options.runs
        self.tree: Path = options.tree
        self._ours, self._peers, self._folder = ours, peers, folder
        self._projects: dict[tuple[str, int], Project] = {}
        self.figures: list[Figure] = []

    def project(self, generator: Generator, size: int) -> Project:
        """The project of a generator; laid out when first asked for."""
        key = (generator.name, size)
        if key not in self._projects:
            folder = self._folder / f"{len(self._projects)}-{generator.flavour}-{size}"
            self._projects[key] = lay_out(generator, folder, size)
        return self._projects[key]

    def beside(self, size: int, *names: str) -> list[Project]:
        """brandkit's project, and those of the peers of these names; all without names."""
        peers = [peer for peer in self._peers if not names or peer.name in names]
        return [self.project(generator, size) for generator in (self._ours, *peers)]

    def warm(self) -> None:
        """One build of each at the smallest size that counts for nothing: programs are read from disk once."""
        for project in self.beside(self.sizes[0]):
            build(project)

    def keep(self, figures: list[Figure], shown: str) -> None:
        """Remember and show what a case gave."""
        self.figures.extend(figures)
        print(f"\n{shown}", flush=True)


def _cold(sitting: Sitting) -> None:
    for size in sitting.sizes:
        found = cold(sitting.beside(size), sitting.runs)
        sitting.keep(found, beside_peers(found))


def _edit(sitting: Sitting) -> None:
    for size in sitting.sizes:
        found = edited(sitting.beside(size, "hugo"), sitting.runs)
        sitting.keep(found, beside_peers(found))


def _nothing(sitting: Sitting) -> None:
    for size in sitting.sizes:
        found = unchanged(sitting.beside(size, "hugo"), sitting.runs)
        sitting.keep(found, beside_peers(found))
    ours = sitting.beside(sitting.sizes[0], OURS)[0]
    pair = unchanged([ours, generators.floor(ours)], sitting.runs, SMALLEST)
    sitting.keep(pair, beside_peers(pair))


def _changes(sitting: Sitting) -> None:
    for size in sitting.real_sizes:
        found = changes(sitting.beside(size, OURS)[0], sitting.runs)
        sitting.keep(found, beside_first(found, OURS, lambda each: each.case))


def _served(sitting: Sitting) -> None:
    for size in [size for size in sitting.sizes if size >= 1000] or sitting.sizes[-1:]:
        found = served(sitting.beside(size, "hugo"), sitting.runs)
        sitting.keep(found, beside_peers(found))


def _memory(sitting: Sitting) -> None:
    for size in sitting.sizes:
        found = memory(sitting.beside(size, "hugo"), min(sitting.runs, 3))
        sitting.keep(found, beside_peers(found))


def _real(sitting: Sitting) -> None:
    for size in sitting.real_sizes:
        both = [sitting.beside(size, OURS)[0], sitting.project(generators.rich(sitting.tree), size)]
        for measure, case in ((cold, COLD), (edited, EDIT), (unchanged, NOTHING)):
            found = measure(both, sitting.runs, BY_THEME[case])
            sitting.keep(found, beside_first(found, found[0].case, theme))
    size = sitting.real_sizes[0]
    found = cold([sitting.project(generators.full(sitting.tree), size)], 1, BY_THEME[COLD])
    sitting.keep(found, beside_first(found, found[0].case, theme))


_SECTIONS: dict[str, Callable[[Sitting], None]] = {
    "cold": _cold,
    "edit": _edit,
    "nothing": _nothing,
    "changes": _changes,
    "served": _served,
    "memory": _memory,
    "real": _real,
}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add, root = parser.add_argument, os.environ.get("PEERS_DIR")
    add(
        "--sizes",
        type=_positive,
        nargs="+",
        default=[100, 1000, 10000],
        metavar="N",
        help="numbers of posts [%(default)s]",
    )
    add("--runs", type=_positive, default=5, help="runs of each [%(default)s]")
    add("--peers", nargs="*", choices=PEERS, default=PEERS, help="beside these; else all that are installed")
    add("--peers-dir", type=Path, default=root, metavar="FOLDER", help="where they are; else $PEERS_DIR")
    add("--only", nargs="+", choices=_SECTIONS, default=list(_SECTIONS), metavar="CASE", help="only these cases")
    add(
        "--real-sizes",
        type=_positive,
        nargs="+",
        default=[1000],
        metavar="N",
        help="for changes and real [%(default)s]",
    )
    add("--tree", type=Path, default=REPOSITORY, metavar="FOLDER", help="measure this source tree of brandkit")
    add("--docs", action="store_true", help="write docs/performance.md and its picture")
    options = parser.parse_args()
    options.tree = options.tree.resolve()
    options.peers_dir = options.peers_dir and options.peers_dir.resolve()
    return options


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 on")
    return int(text)


def _check(tree: Path) -> None:
    """End with a line where nothing could be measured, or something else than was asked for."""
    if not (BENCH / "gen_corpus.py").is_file():
        sys.exit("the shared benchmark with its gen_corpus.py is not there (BRANDKIT_SHARED names its folder)")
    ask = [sys.executable, "-c", "import brandkit; print(brandkit.__file__)"]
    done = subprocess.run(ask, env=environment(tree), cwd=tree, capture_output=True, text=True)
    if not Path(done.stdout.strip()).is_relative_to(tree / "brandkit"):
        sys.exit(f"there is no brandkit in {tree} that this Python can run")


def _conditions(options: argparse.Namespace, peers: list[Generator]) -> str:
    beside = f" beside {', '.join(f'{peer.name} {_version(peer)}'.strip() for peer in peers)}" if peers else ""
    return (
        f"{time.strftime('%B %Y')}: medians of {options.runs} runs by turns, on {os.cpu_count()} processors, "
        f"Python {platform.python_version()}{beside}."
    )


def _version(peer: Generator) -> str:
    ask = [*peer.build[:1], "version"] if peer.name == "hugo" else [*peer.build[:-3], "--version"]
    if peer.name == "eleventy":
        ask = [peer.build[0], str((peer.modules or Path()) / ".bin/eleventy"), "--version"]
    said = subprocess.run(ask, env=dict(peer.env), capture_output=True, text=True).stdout.split()
    return next((word.lstrip("v").partition("-")[0] for word in said if word.lstrip("v")[:1].isdigit()), "")


def _document(figures: list[Figure], conditions: str) -> None:
    """Put the figures between the two marks of the page, and draw the picture."""
    before, _, rest = _PAGE.read_text(encoding="utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    block = documented(figures, conditions, _PICTURE)
    _PAGE.write_text(f"{before}{_BEGIN}\n\n{block}\n\n{_END}{after}", encoding="utf-8")
    picture = curves(figures)
    if picture:
        (_PAGE.parent / _PICTURE).write_text(picture, encoding="utf-8")


def _measured(options: argparse.Namespace, peers: list[Generator]) -> Iterator[list[Figure]]:
    """What is known after each case."""
    with tempfile.TemporaryDirectory(prefix="against-peers-") as folder:
        sitting = Sitting(options, generators.brandkit(options.tree), peers, Path(folder))
        sitting.warm()
        for name in options.only:
            _SECTIONS[name](sitting)
            print(f"load {os.getloadavg()[0]:.2f}", flush=True)
            yield sitting.figures
        print(f"\n{growths(sitting.figures)}")


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that folders and servers go as they should
    options = _arguments()
    _check(options.tree)
    peers, missing = installed(options.peers, options.peers_dir)
    conditions = _conditions(options, peers)
    print("\n".join([*missing, conditions]), flush=True)
    try:
        for figures in _measured(options, peers):
            if options.docs:
                _document(figures, conditions)
    except FailedCommand as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
