"""The leak gate before a push: the site as it stands, and every file that the push carries → where private words are.

A push that carries the vault itself, private pages or the state is told of, too; an example with invented people may
be pushed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from brandkit.app.examining.vault_place import sign_in
from brandkit.app.leaks import Gate, Looked, has_vault, look_through, open_gate, sum_up
from brandkit.app.project import Project
from brandkit.base.walls import Refused
from brandkit.io import pushed, vault
from brandkit.io.leak_search.searching import Searched, search
from brandkit.io.pushed import Pushed

_SIGNED = re.compile(r"^[\w-]+-by:.*$", re.MULTILINE | re.IGNORECASE)  # who wrote with you is said by git anyway


def look_at_push(project: Project, lines: Iterable[str], remote: str) -> Looked:
    """Search what a push carries. `lines` are what git tells its hook. Raises EnvironmentProblem, Refused."""
    top = pushed.repository(project.root).resolve()
    home = _with_vault(project)
    place = vault.locate(home.root).resolve()
    if top == place or place in top.parents:
        return Looked()  # the vault's own repository: there all of it belongs
    private = _private_places(project, top, place)
    things = list(pushed.pushed(project.root, lines, remote))
    inside = {name: [one for one in things if f"{one.path}/".startswith(f"{name}/")] for name in private}
    apart = {id(one) for those in inside.values() for one in those}
    looked = Looked()
    if has_vault(home):
        gate = open_gate(home)
        looked = _joined(_standing(gate, project), sum_up(gate, _searched(gate, things, apart)))
    return replace(looked, leaks={**dict(_misplaced(inside, private)), **looked.leaks})


def _with_vault(project: Project) -> Project:
    """The project itself; in a worktree without the vault, which git does not lay out there, the one that has it."""
    return project if has_vault(project) else Project(pushed.first_worktree(project.root))


def _private_places(project: Project, top: Path, place: Path) -> dict[str, str]:
    """What must not be pushed: what it is, by path in the repository."""
    inside = project.root.resolve().relative_to(top)
    names = {
        inside / "content/vault": "the vault",
        inside / "private": "private pages",
        inside / ".brandkit": "the state",
    }
    if place.is_relative_to(top):
        names[place.relative_to(top)] = "the vault"
    return {path.as_posix(): what for path, what in names.items()}


def _misplaced(inside: Mapping[str, Sequence[Pushed]], private: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    for name, things in inside.items():
        what = private[name]
        if what != "the vault":
            yield from ((_name(one), [f"a file of {what}"]) for one in things)
        elif things and (sign := sign_in([(_name(one), one.data.decode("utf-8", "replace")) for one in things])):
            yield sign[0], [f"a file of the vault, and not only of examples: {sign[1]}"]


def _standing(gate: Gate, project: Project) -> Looked:
    """The site as it was built last."""
    folder = project.public.path
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return look_through(gate, folder, files)


def _searched(gate: Gate, things: Iterable[Pushed], apart: set[int]) -> Iterator[tuple[str, Searched]]:
    for one in things:
        if id(one) not in apart:
            data = one.data if one.path else _SIGNED.sub("", one.data.decode("utf-8", "replace")).encode()
            yield _name(one), search(gate.matcher, one.path, data)


def _name(one: Pushed) -> str:
    return f"{one.path} (pushed, {one.id[:9]})" if one.path else f"the message of {one.id[:9]}"


def _joined(first: Looked, second: Looked) -> Looked:
    return replace(
        first,
        files=first.files + second.files,
        leaks={**first.leaks, **second.leaks},
        allowed=(*first.allowed, *second.allowed),
        unsearched=(*first.unsearched, *second.unsearched),
    )


def offer_hook(project: Project) -> Path:
    """Write git's pre-push hook of this project. Raises Refused where that is wrong or another one stands."""
    top = pushed.repository(project.root).resolve()
    place = vault.locate(project.root).resolve()
    if top == place or place in top.parents:
        raise Refused("this is the repository of the vault itself: what is pushed there is meant to be private")
    return pushed.install_hook(project.root, sys.executable)
