"""One target in one process: `python one.py TARGET FOLDER SECONDS`, or `python one.py TARGET --input FILE`.

With atheris the inputs follow what they reach in the code; without it they are changed by chance.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import random
import resource
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
sys.path[:0] = [str(HERE), str(REPOSITORY)]
CORPORA = Path(os.environ.get("BRANDKIT_SHARED", REPOSITORY.parent / "shared")) / "corpora"
FOLLOWED = ["brandkit", "markdown_it", "mdit_py_plugins", "linkify_it", "feedparser", "yaml", "tomllib", "latex2mathml"]
_LIMIT = 4 << 30  # bytes of address space

try:
    import atheris
except ImportError:
    atheris = None


def target_named(name: str, followed: bool = False) -> Any:
    """The target, with the code below it instrumented if it is to be followed."""
    with atheris.instrument_imports(include=FOLLOWED) if followed else contextlib.nullcontext():
        from targets import registry

        return registry.target_named(name)


def seeds_of(target: Any, folder: Path) -> Path:
    """The target's own inputs: the seeds, and what earlier runs have found worth keeping."""
    corpus = folder / f"{target.name}.corpus"
    if not corpus.is_dir():
        corpus.mkdir(parents=True)
        for number, seed in enumerate(target.seeds(CORPORA)):
            if len(seed) <= 40_000:
                (corpus / f"seed-{number:05}").write_bytes(seed)
    return corpus


def follow(target: Any, folder: Path, seconds: int) -> None:
    """Until the time is up, with inputs that reach what none has reached before."""
    from mutating import repeated
    from watching import Watch

    watch, corpus = Watch(target, folder), seeds_of(target, folder)
    words = folder / f"{target.name}.words"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words))

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        return repeated(data, chance, most) if chance.random() < 0.01 else bytes(atheris.Mutate(data, most))

    options = [f"-max_total_time={seconds}", f"-dict={words}", "-max_len=40000", "-timeout=500", "-rss_limit_mb=0"]
    atheris.Setup(
        ["one", str(corpus), *options, f"-artifact_prefix={folder}/findings/{target.name}-", "-verbosity=0"],
        watch.judge,
        custom_mutator=mutate,
    )
    atheris.Fuzz()


def wander(target: Any, folder: Path, seconds: int) -> None:
    """Until the time is up, with inputs changed by chance."""
    from mutating import changed, repeated
    from watching import Watch

    watch, chance, end = Watch(target, folder), random.Random(time.time()), time.monotonic() + seconds
    seeds = [path.read_bytes() for path in sorted(seeds_of(target, folder).iterdir())]
    for data in _endless(seeds, [word.encode() for word in target.words], chance, changed, repeated):
        if time.monotonic() > end:
            break
        watch.judge(data)
    watch.tell()


def _endless(
    seeds: list[bytes], words: list[bytes], chance: random.Random, changed: Any, repeated: Any
) -> Iterator[bytes]:
    yield from seeds
    while True:
        data = changed(chance.choice(seeds), seeds, words, chance)
        yield repeated(data, chance) if chance.random() < 0.01 else data


def _escaped(word: str) -> str:
    return "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\' else f"\\x{b:02x}" for b in word.encode())


def main() -> None:
    """See above."""
    faulthandler.enable()
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (_LIMIT, _LIMIT))
    name, where, *rest = sys.argv[1:]
    if where == "--input":
        begun = time.process_time()
        target_named(name).judge(Path(rest[0]).read_bytes())
        print(f"nothing to find: {time.process_time() - begun:.2f} s")
        return
    folder, seconds = Path(where), int(float(rest[0]))
    (follow if atheris else wander)(target_named(name, followed=bool(atheris)), folder, seconds)


if __name__ == "__main__":
    main()
