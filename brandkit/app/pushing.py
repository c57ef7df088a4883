"""The leak gate before a push: the site as it stands, and every file that the push carries → where private words are.

A push that carries the vault itself, private pages or the state is told of, too; an example with invented people may
be pushed.
"""

from __future__ import annotations

import os
import re
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from brandkit.app.leak_report import Leak
from brandkit.app.leaks import Gate, Looked, has_vault, look_through, open_gate, sum_up
from brandkit.app.project import Project
from brandkit.app.tracked_vault import is_the_example, sign_in
from brandkit.base.walls import Refused
from brandkit.io import pushed, vault
from brandkit.io.leak_search.searching import Searched, search
from brandkit.io.pushed import Pushed

_TOO_LONG = "it is so large that only its beginning was looked at"
_SIGNED = re.compile(r"^[\w-]+-by:.*$", re.MULTILINE | re.IGNORECASE)  # who wrote with you is said by git anyway


def look_at_push(project: Project, lines: Iterable[str], remote: str) -> Looked:
    """Search what a push carries. `lines` are what git tells its hook. Raises EnvironmentProblem, Refused."""
    top = pushed.repository(project.root).resolve()
    home = _with_vault(project)
    place = vault.locate(home.root).resolve()
    if top == place or place in top.parents:
        return Looked()  # the vault's own repository: there all of it belongs
    private = _private_places(project, top, place)
    inside: dict[str, list[Pushed]] = {name: [] for name in private}
    others = _outside(pushed.pushed(project.root, lines, remote), inside)
    looked = Looked()
    if has_vault(home):
        gate = open_gate(home)
        looked = _joined(_standing(gate, project), sum_up(gate, (_searched(gate, one) for one in others)))
    deque(others, maxlen=0)  # without a vault too it is told what should not be pushed at all
    return replace(looked, leaks={**dict(_misplaced(inside, private, is_the_example(place))), **looked.leaks})


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


def _misplaced(
    inside: Mapping[str, Sequence[Pushed]], private: Mapping[str, str], example: bool
) -> Iterator[tuple[str, list[Leak]]]:
    for name, things in inside.items():
        what = private[name]
        if what != "the vault" or not example:
            yield from ((_name(one), [Leak(f"a file of {what}")]) for one in things)
        elif things and (sign := sign_in([(_name(one), one.data.decode("utf-8", "replace")) for one in things])):
            yield sign[0], [Leak(f"a file of the vault, and not only of examples: {sign[1]}")]


def _standing(gate: Gate, project: Project) -> Looked:
    """The site as it was built last."""
    folder = project.public.path
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return look_through(gate, folder, files)


def _outside(things: Iterable[Pushed], inside: Mapping[str, list[Pushed]]) -> Iterator[Pushed]:
    """One after the other, as a first push may be large; what lies in a private place is put to the others there."""
    for one in things:
        homes = [name for name in inside if f"{one.path}/".startswith(f"{name}/")]
        for name in homes:
            inside[name].append(one)
        if not homes:
            yield one


def _searched(gate: Gate, one: Pushed) -> tuple[str, Searched]:
    data = one.data if one.path else _SIGNED.sub("", one.data.decode("utf-8", "replace")).encode()
    searched = search(gate.matcher, one.path, data)
    return _name(one), searched if one.whole else replace(searched, unsearched=(*searched.unsearched, _TOO_LONG))


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
    # who pushes from another program has not set the variable there, and would be told that there is no vault
    elsewhere = ("env", f"{vault.VARIABLE}={place}") if os.environ.get(vault.VARIABLE) else ()
    return pushed.install_hook(project.root, (*elsewhere, sys.executable))
