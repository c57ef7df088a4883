"""The leak gate: vault + public output → clearance to deploy, or where private words stand in it.

It reads what is going to be published, as it is, and looks for what is really in the vault. docs/leak-gate.md says
what is searched for and how; `engage.secrets` what is private, `io.leak_search` how it is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from brandkit.app.allowing import allowances
from brandkit.app.leak_report import Leak, told
from brandkit.app.leak_sources import Whence, Written, sources_of, unknown
from brandkit.app.project import Project
from brandkit.app.publish import Published
from brandkit.app.words.journaling import Desk, open_desk
from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.base.digest import digest_stream
from brandkit.base.text import plural
from brandkit.base.walls import Clearance, Refused
from brandkit.engage.secret_places import place_of
from brandkit.engage.secrets import Secret, secrets_of, spellings
from brandkit.io import last_search, vault
from brandkit.io.leak_search.matching import Matcher
from brandkit.io.leak_search.searching import Searched, search, search_file
from brandkit.io.pool import pool_map

LEAK = Code(
    "BK320",
    "error",
    "private words stand in what is published",
    "A name, an address, a number or words of the vault were found in a file of the site, or in one that is pushed.",
    "take them out; or, if somebody is named there on purpose, say `mentions: [Their Name]` in the front matter",
)
NO_VAULT = (
    "there is no vault here, so the site could not be searched for private words.\n"
    "If that is meant (in CI it is), say so with --public-only."
)
_ON_PURPOSE = "Whoever is named on purpose may be: mentions: [Their Name] in the front matter; see docs/leak-gate.md."
_WITHOUT_PEOPLE = ("feeds", "organizations.", "templates/")  # files of the vault in which nothing private stands
_SHOWN = 20  # files
_FEW = 5  # private strings; that so many became fewer says nothing
_WORTH_A_PROCESS = 60  # files


@dataclass(frozen=True)
class Gate:
    """What is searched for. `allowed` says of secrets, by number, why they may be public."""

    secrets: Sequence[Secret]
    owners: Sequence[int]  # of each needle, the number of its secret
    matcher: Matcher
    allowed: Mapping[int, str]
    texts: Mapping[str, str]
    folder: str

    @property
    def searched(self) -> int:
        """How many of the secrets are long and rare enough to be searched for."""
        return len({self.owners[number] for number in self.matcher.searched})

    def find(self, data: bytes) -> set[int]:
        """The numbers of the secrets that stand in bytes."""
        return {self.owners[number] for number in search(self.matcher, "", data).found}

    def place(self, number: int) -> str:
        """Where in the vault a secret was written."""
        return place_of(self.secrets[number], self.texts, self.folder)

    def leak(self, number: int, written: Written) -> Leak:
        """A secret that was found in a file."""
        return Leak(self.secrets[number].field, self.place(number), self.secrets[number].kind, written)


@dataclass(frozen=True)
class Looked:
    """What a search came to: the private words by file, those that are allowed, and what could not be searched."""

    files: int = 0
    strings: int = 0
    short: int = 0
    leaks: Mapping[str, Sequence[Leak]] = field(default_factory=dict)
    allowed: Sequence[str] = ()
    unsearched: Sequence[str] = ()
    digests: Mapping[str, str] = field(default_factory=dict)  # of what was searched, by file

    @property
    def notes(self) -> list[str]:
        """What a person should see beside the result: who is named on purpose, and what was not searched."""
        return [*(f"allowed: {line}" for line in self.allowed), *(f"not searched: {line}" for line in self.unsearched)]

    @property
    def summary(self) -> str:
        """The result in a line."""
        short = f" ({self.short} more are too short or too common)" if self.short else ""
        of = f"{plural(self.files, 'file')} for {plural(self.strings, 'private string')}{short}"
        return f"searched {of}: {'found in ' + plural(len(self.leaks), 'file') if self.leaks else 'none found'}"

    def findings(self) -> Iterator[Diagnostic]:
        """One for each file and each private string in it."""
        for file, found in self.leaks.items():
            for leak in found:
                hint = None if leak.may_be_meant else "take them out"
                yield LEAK.at(Place(file), f"private words stand here: {leak}", hint)


def clear(project: Project, published: Published, public_only: bool, smaller_vault: bool = False) -> Clearance:
    """Search every file of what was built for the vault's private strings. Raises Refused on a hit.

    Without a vault nothing can be searched; that has to be said out loud with `public_only`. Of one that holds much
    less than the last time, perhaps because a file was lost, so does `smaller_vault`.
    """
    if not has_vault(project):
        if not public_only:
            raise Refused(NO_VAULT)
        return Clearance(False, "no vault here; the site was not searched for private words")
    if public_only:
        return Clearance(False, "not searched for private words, as asked")
    gate, before = open_gate(project), last_search.recall(project.state)
    if before > _FEW and gate.searched * 2 < before and not smaller_vault:
        raise Refused(
            f"the vault holds {plural(gate.searched, 'private string')} to search for, and held {before} the last "
            "time: was a file of it lost? Nothing was deployed.",
            "\nA backup brings it back: brandkit restore FILE. If it is meant to be smaller, say --smaller-vault.",
        )
    looked = look_through_site(gate, published)
    if looked.leaks:
        names = any(leak.may_be_meant for found in looked.leaks.values() for leak in found)
        raise Refused(
            f"private words stand in the public site, so nothing was deployed:\n  {told(looked.leaks)}",
            f"\n{_ON_PURPOSE}" if names else "",
        )
    last_search.remember(project.state, gate.searched)
    detail = "\n  ".join(["", *looked.notes, looked.summary]) if looked.notes else looked.summary
    return Clearance(True, detail, {path.partition("/")[2]: digest for path, digest in looked.digests.items()})


def has_vault(project: Project) -> bool:
    """Whether there is anything to search for."""
    return vault.locate(project.root).is_dir()


def open_gate(project: Project) -> Gate:
    """Read the vault and get ready to search. Raises Refused where some of it cannot be read."""
    desk = open_desk(project)
    folder = vault.display_name(desk.folder, project.root)
    _refuse_unread(desk, folder)
    secrets = secrets_of(desk.vault)
    needles = [(number, spelling) for number, secret in enumerate(secrets) for spelling in spellings(secret)]
    matcher = Matcher([spelling for _, spelling in needles])
    owners = [number for number, _ in needles]
    gate = Gate(secrets, owners, matcher, {}, vault.read(desk.folder, folder).value, folder)
    agreed = {n: f"{secret.agreed} ({gate.place(n)})" for n, secret in enumerate(secrets) if secret.agreed}
    by_hand = allowances(project, secrets, lambda text: {owners[number] for number in matcher.find(text)})
    return Gate(secrets, owners, matcher, _for_equals(secrets, {**by_hand, **agreed}), gate.texts, folder)


def _refuse_unread(desk: Desk, folder: str) -> None:
    mistakes = (d.place for d in desk.report.sorted() if d.severity == "error")
    unread = [str(place) for place in mistakes if _holds_people(place.file, folder)]
    if unread:
        raise Refused(
            "the site could not be searched for every private word, because mistakes hide some of the vault:\n  "
            + "\n  ".join(unread[:_SHOWN])
            + "\nSee brandkit check, and mend them."
        )


def _holds_people(file: str, folder: str) -> bool:
    """Whether the private words of people stand in this file of the vault."""
    return not file.removeprefix(f"{folder}/").startswith(_WITHOUT_PEOPLE)


def _for_equals(secrets: Sequence[Secret], allowed: Mapping[int, str]) -> dict[int, str]:
    """The same leave for the same string, wherever else in the vault it stands."""
    known = {(secrets[number].kind, secrets[number].text.casefold()): why for number, why in allowed.items()}
    same = ((number, known.get((secret.kind, secret.text.casefold()))) for number, secret in enumerate(secrets))
    return {number: why for number, why in same if why}


def look_through_site(gate: Gate, published: Published) -> Looked:
    """Search what was just built; what is found is told with the source that it comes from."""
    output = published.output
    return look_through(gate, output.path, output.files, sources_of(published.planned, gate.find))


def look_through(gate: Gate, folder: Path, files: Iterable[str], whence: Whence = unknown) -> Looked:
    """Search files of a folder: those of a site."""
    pages_first = sorted(files, key=lambda path: (not path.endswith(".html"), path))
    results = pool_map(partial(_search_file, gate.matcher, folder), pages_first, _WORTH_A_PROCESS)
    home = f"{folder.name}/"
    named = zip((home + path for path in pages_first), results, strict=True)
    return sum_up(gate, named, lambda name, number: whence(name.removeprefix(home), number))


def _search_file(matcher: Matcher, folder: Path, path: str) -> Searched:
    """Raises Refused for a file that changes meanwhile: of its bytes nothing would be known."""
    with (folder / path).open("rb") as file:
        digest = digest_stream(file)
        searched = search_file(matcher, path, file)
        file.seek(0)
        if digest_stream(file) != digest:
            raise Refused(f"{path} changed while it was searched for private words; run it again")
    return replace(searched, digest=digest)


def sum_up(gate: Gate, results: Iterable[tuple[str, Searched]], whence: Whence = unknown) -> Looked:
    """What was found in files, by name."""
    leaks: dict[str, list[Leak]] = {}
    named: dict[int, list[str]] = {}
    unsearched: list[str] = []
    digests: dict[str, str] = {}
    for name, searched in results:
        digests[name] = searched.digest
        unsearched += [f"{name}: {why}" for why in searched.unsearched]
        numbers = sorted({gate.owners[number] for number in searched.found})
        for number in numbers:
            if number in gate.allowed:
                named.setdefault(number, []).append(name)
        if found := [gate.leak(n, whence(name, n)) for n in numbers if n not in gate.allowed]:
            leaks[name] = list(dict.fromkeys(found))
    allowed = {
        f"{gate.secrets[n].text}, {gate.allowed[n]}; in {files[0]}{_and_more(files)}": None
        for n, files in sorted(named.items())
    }
    short = len(gate.secrets) - gate.searched
    return Looked(len(digests), gate.searched, short, leaks, tuple(allowed), tuple(unsearched), digests)


def _and_more(files: Sequence[str]) -> str:
    return f" and {len(files) - 1} more" if len(files) > 1 else ""
