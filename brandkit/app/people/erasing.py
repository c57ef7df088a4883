"""Forgetting a person: see what is kept, take it away where brandkit may, print a patch for the rest.

The journal is rewritten, state and drafts are cleared; YAML is the owner's, and gets a patch. Run again when the patch
is in, it says whether anything is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from brandkit.app.examining.put_aside import put_aside
from brandkit.app.people.person import how_to_apply, patch_of
from brandkit.app.words.journaling import Desk, UnknownPerson, find_contact
from brandkit.base.spelling import closest
from brandkit.base.text import slugify
from brandkit.base.walls import UsageProblem
from brandkit.engage.contacts import Contact
from brandkit.engage.moves.registry import BY_NAME
from brandkit.engage.one_person import erased
from brandkit.engage.one_person.erased import Erased, PersonLike, read_erased
from brandkit.engage.one_person.forgetting import Forgotten, after, forget
from brandkit.engage.one_person.mentions import Names, lines_with, names_of
from brandkit.io import forgetting, vault


@dataclass(frozen=True)
class Erasure:
    """All that is kept about somebody, and what would become of it."""

    id: str
    contact: Contact | None
    names: Names
    forgotten: Forgotten
    state: int
    entries: int
    pages: int
    drafts: tuple[Path, ...]
    patch: str
    apply: str
    left: tuple[str, ...]  # file:line in YAML
    by_hand: tuple[str, ...]
    mentioned: tuple[str, ...]
    aside: tuple[str, ...]  # what was put aside once, and nobody looks into
    remembered: bool
    exact: bool = True  # whether they were named by id or whole name

    @property
    def work(self) -> bool:
        """Whether there is anything that brandkit itself takes away."""
        return bool(self.forgotten.journal or self.state or self.entries or self.pages or self.drafts)

    @property
    def done(self) -> bool:
        """Whether nothing is left but words in texts of others."""
        return not (self.work or self.patch or self.by_hand)


def plan_erasure(desk: Desk, who: str, remember: bool) -> Erasure:
    """What is kept of a person, by id or name, or of an id that has no contact any more. Raises UsageProblem.

    What is left of exactly that id comes before whoever is called almost so: after the patch the same is asked again.
    """
    exact = _exactly(desk, who)
    if exact is not None:
        return _plan(desk, exact, names_of(exact), remember)
    traces = _plan(desk, None, Names(frozenset({who.strip()}), (who.strip(),)), remember)
    if _is_left_of_id(desk, traces):
        return traces
    try:
        contact = find_contact(desk, who)
    except UnknownPerson as nobody:
        if (traces.done and not traces.mentioned) or _is_nearly_somebody(desk, who):
            raise _nobody(desk, traces, nobody) from None
        return traces
    except UsageProblem as several:
        raise UsageProblem(f"nothing is kept under just '{traces.id}'; {several}", several.hint) from None
    return replace(_plan(desk, contact, names_of(contact), remember), exact=False)


def _plan(desk: Desk, contact: Contact | None, names: Names, remember: bool) -> Erasure:
    texts = forgetting.texts_of(desk.folder)
    forgotten = forget(texts, names)
    private = desk.project.private
    mine, theirs = _is_draft_of(names.ids), _test(contact, names)
    return Erasure(
        id=contact.id if contact else next(iter(names.ids)),
        contact=contact,
        names=names,
        forgotten=forgotten,
        state=sum(gone for _, gone in forgetting.state_without(desk.project.state, theirs).values()),
        entries=sum(forgetting.count_entries(desk.project.state, f"people/{one}/") for one in names.ids),
        pages=forgetting.pages_naming(private, theirs),
        drafts=tuple(forgetting.drafts_of(private, mine)),
        patch=patch_of(desk, {name: (p.before, p.after) for name, p in forgotten.yaml.items()}),
        apply=how_to_apply(desk),
        left=tuple(_lines(desk, forgotten, by_hand=False)),
        by_hand=(*_lines(desk, forgotten, by_hand=True), *_own_feeds(desk, contact)),
        mentioned=tuple(_mentioned(desk, dict(after(texts, forgotten)), names, mine)),
        aside=tuple(_put_aside(desk)),
        remembered=bool(contact and (remember or contact.do_not_contact)),
    )


def _exactly(desk: Desk, who: str) -> Contact | None:
    """A contact by id or whole name. Raises UsageProblem."""
    wanted = who.strip().casefold()
    if not wanted:
        raise UsageProblem("say who: an id or a name")
    same_id = [contact for contact in desk.vault.contacts if contact.id.casefold() == wanted]
    found = same_id or [contact for contact in desk.vault.contacts if contact.name.casefold() == wanted]
    if len(found) > 1:
        raise UsageProblem(f"'{who}' could be {', '.join(contact.id for contact in found)}: write the id")
    return found[0] if found else None


def _is_left_of_id(desk: Desk, traces: Erasure) -> bool:
    """Whether somebody had exactly this id: a word of a name, or the beginning of another id, is none."""
    if slugify(traces.id) != traces.id:
        return False
    lines = (text for name, text in (desk.journal or {}).items() if name.endswith(".jsonl"))
    return bool(
        traces.left or traces.entries or traces.state or traces.drafts or any(f'"{traces.id}"' in one for one in lines)
    )


def _is_nearly_somebody(desk: Desk, who: str) -> bool:
    """Whether somebody is written almost like this."""
    names = (name for contact in desk.vault.contacts for name in (contact.id, contact.name, contact.first_name))
    return closest(who.strip(), names) is not None


def _nobody(desk: Desk, traces: Erasure, why: UnknownPerson) -> UnknownPerson:
    """Nobody is there to be forgotten. Where the patch was applied, that is the good end; a slip of the pen is none."""
    hint = why.hint if any(d.severity == "error" for d in desk.report.diagnostics) else ""
    aside = f"; not looked into, since put aside once: {', '.join(traces.aside)}" if traces.aside else ""
    kept = "nothing is kept under that name, and " if traces.done and not traces.mentioned else ""
    return UnknownPerson(f"{kept}nothing was changed{aside}; {why}", hint)


def _is_draft_of(ids: Iterable[str]) -> forgetting.Theirs:
    """Whether a file is called as a draft for one of these is: id, move, id of the suggestion."""
    starts = tuple(f"{slugify(id_)}-{move}-" for id_ in ids for move in BY_NAME)
    return lambda name: name.startswith(starts)


def _test(contact: Contact | None, names: Names) -> forgetting.Theirs:
    """Whether a text is about the person: in words while these are known, by id alone once the contact is gone.

    An id may be an ordinary word; what says no more than that would never come to an end.
    """
    if contact is not None:
        return names.stand_in
    return lambda text: any(_is_id(line, id_) for line in text.split("\n") for id_ in names.ids)


def _is_id(line: str, id_: str) -> bool:
    pair = "+" in line and id_ in line.partition("@")[0].split("+")
    return pair or line in (id_, f"{id_}.html", f"{id_}-known.html") or line.startswith(f"people/{id_}/")


def _lines(desk: Desk, forgotten: Forgotten, by_hand: bool) -> Iterable[str]:
    """file:line of every place in YAML, of files that a patch was made for or of the others."""
    folder = vault.display_name(desk.folder, desk.project.root)
    for name, patched in forgotten.yaml.items():
        if patched.by_hand == by_hand:
            yield from (f"{folder}/{name}:{line}" for line in patched.lines)


def _own_feeds(desk: Desk, contact: Contact | None) -> Iterable[str]:
    """Files beside the vault with what the person publishes."""
    folder = vault.display_name(desk.folder, desk.project.root)
    for place in contact.feeds if contact else ():
        if "://" not in place and (desk.folder / place).is_file():
            yield f"{folder}/{place}"


def _mentioned(desk: Desk, texts: dict[str, str], names: Names, mine: forgetting.Theirs) -> Iterable[str]:
    """file:line of every line of what stays in which the person is still named."""
    folder = vault.display_name(desk.folder, desk.project.root)
    for name, number, _ in lines_with(texts, names):
        yield f"{folder}/{name}:{number}"
    drafts = forgetting.texts_of_drafts(desk.project.private)
    others = {name: text for name, text in drafts.items() if not mine(name.rpartition("/")[2])}
    yield from (f"private/{name}:{number}" for name, number, _ in lines_with(others, names))


def _put_aside(desk: Desk) -> Iterable[str]:
    """What a restore or a repair put aside; what stands in the vault itself was looked through."""
    for path in put_aside(desk.project):
        if not path.is_relative_to(desk.folder.resolve()):
            yield vault.display_name(path, desk.project.root)


def carry_out(desk: Desk, erasure: Erasure) -> None:
    """Rewrite the journal, clear state, drafts and pages; leave the digests behind where that was asked for.

    The digests come first: whoever stops in the middle has not forgotten that nobody is to be written to.
    """
    project, names = desk.project, erasure.names
    if erasure.remembered and erasure.contact:
        _remember(desk, erasure.contact)
    with project.journal_locked():
        # read anew: a line may have been logged since the plan was made
        journal = forget(forgetting.texts_of(desk.folder), names).journal
        forgetting.rewrite_journal(desk.folder, {name: new.text for name, new in journal.items()})
    forgetting.rewrite_state(forgetting.state_without(project.state, _test(erasure.contact, names)))
    forgetting.forget_kept(project.state)
    for one in names.ids:
        forgetting.forget_entries(project.state, f"people/{one}/")
    for path in erasure.drafts:
        path.unlink(missing_ok=True)
    forgetting.forget_pages(project.private)


def _remember(desk: Desk, contact: Contact) -> None:
    known = read_erased(_erased_text(desk))
    salt = known.salt or forgetting.salt(erased.SALT_BYTES)
    lines = erased.new_lines([contact], Erased(salt, known.digests))
    if lines:
        forgetting.remember(desk.folder, erased.FILE, "" if known.salt else erased.new_file(salt), lines)


def _erased_text(desk: Desk) -> str:
    path = desk.folder / erased.FILE
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def erased_test(desk: Desk) -> Callable[[PersonLike], bool]:
    """Whether somebody of an import was forgotten on request, as far as digests can tell."""
    known = read_erased(_erased_text(desk))
    return lambda person: erased.is_erased(person, known)
