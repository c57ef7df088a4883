"""brandkit import: what other tools export. Nothing that you wrote is changed."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.app.project import Project
from brandkit.base.diagnostics import as_json
from brandkit.base.text import clip, plural
from brandkit.cli.options import print_findings, print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.people.importing_people import ImportPlan

KINDS = ("vcard", "linkedin", "google", "outlook", "rsvp", "opml")


@click.command("import")
@shared
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say the same, and write nothing.")
@click.option("--take-duplicates", is_flag=True, help="Take those too who may be somebody you have.")
@click.option("--event", metavar="EVENT", help="For a guest list: print its guests as attendees of this event.")
def import_(
    project: Path | None,
    today: date | None,
    kind: str,
    file: Path,
    as_json_: bool,
    **more: Any,
) -> None:
    """Read FILE, an export of KIND: people become new contacts, feeds are printed to be added.

    \b
      vcard     .vcf of any age: phones, iCloud, Thunderbird, Nextcloud, Gmail. Choose "Export vCard".
      linkedin  Connections.csv. LinkedIn: Settings > Data privacy > Get a copy of your data > Connections.
      google    CSV. contacts.google.com: Export > Google CSV.
      outlook   CSV. Outlook: File > Open & Export > Import/Export > Export to a file; on the web: People > Manage.
      rsvp      The CSV of a ticket site, or any table with names and mail addresses, English or German.
      opml      The subscriptions of a feed reader; prints lines for feeds.yaml and writes nothing.

    \b
      brandkit import linkedin Connections.csv --dry-run
      brandkit import rsvp guests.csv --event ev1

    Everybody new gets a file of their own below contacts/ in the vault. Who is there already stays as
    they are; what is new about them is printed, to be added by hand. Who may be somebody you have is
    left out and listed. Fields that have no place are counted. The same file twice changes nothing.
    """
    here = project_at(project)
    if kind == "opml":
        _import_feeds(here, file, as_json_)
    else:
        _import_people(here, today, kind, file, as_json_, **more)


def _import_people(here: Project, today: date | None, kind: str, file: Path, as_json_: bool, **more: Any) -> None:
    from brandkit.app.own_day import when
    from brandkit.app.people.importing_people import Wanted, plan_import, write_import

    dry = more["dry_run"]
    with nullcontext() if dry else here.locked():
        desk, plan = plan_import(here, kind, file, Wanted(more["take_duplicates"], more["event"]))
        written = [] if dry else write_import(desk, when(here, today), plan)
    if as_json_:
        names = [path.relative_to(here.root) if path.is_relative_to(here.root) else path for path in written]
        print_json({**_as_json(plan), "written": [name.as_posix() for name in names]})
    else:
        _report(plan, dry)
        print_findings(plan.findings)
    raise click.exceptions.Exit(1 if any(d.severity == "error" for d in plan.findings) else 0)


def _report(plan: ImportPlan, dry: bool) -> None:
    """What came in, what did not, and why, in plain words."""
    would = "would be new" if dry else "new"
    click.echo(f"{plural(len(plan.new), 'person', 'people')} {would}, {plan.known:,} already there.")
    for person in plan.new:
        click.echo(f"  {person.id}: {clip(person.name, 80)}")
    for known in plan.patches:
        click.echo(f"\n# {known.id} is there already ({known.evidence}). New, to add by hand:\n{known.patch}", nl=False)
    if plan.possible:
        count = plural(len(plan.possible), "person", "people")
        click.echo(f"\n{count} left out, who may be somebody you have. Take them all with --take-duplicates:")
    for one in plan.possible:
        click.echo(f"  line {one.line}: {clip(one.name, 80)} may be {one.like}: {one.evidence}")
    if plan.erased:
        click.echo(f"\n{plural(plan.erased, 'person', 'people')} left out, who asked to be forgotten.")
    if plan.lost:
        click.echo("\nNot carried over, for want of a place:")
    for name, times in plan.lost.items():
        click.echo(f"  {clip(name, 60)}: {plural(times, 'time')}")
    if plan.attendees:
        click.echo(f"\n# For the event in events.yaml, in place of its attendees:\n  {plan.attendees}")


def _as_json(plan: ImportPlan) -> dict[str, Any]:
    return {
        "new": [{"id": person.id, "name": person.name} for person in plan.new],
        "already_there": plan.known,
        "patches": [{"id": k.id, "evidence": k.evidence, "yaml": k.patch} for k in plan.patches],
        "possible_duplicates": [
            {"name": p.name, "line": p.line, "like": p.like, "evidence": p.evidence} for p in plan.possible
        ],
        "erased": plan.erased,
        "lost": dict(plan.lost),
        "attendees": plan.attendees or None,
        "diagnostics": as_json(plan.findings),
    }


def _import_feeds(here: Project, file: Path, as_json_: bool) -> None:
    """Lines to add to feeds.yaml; nothing is written."""
    from brandkit.app.importing import new_feeds
    from brandkit.io import named_file

    result, fresh = new_feeds(here, named_file.read(file))
    if as_json_:
        print_json(
            {
                "feeds": [{"id": id_, "title": f.title, "url": f.url} for id_, f in fresh.items()],
                "skipped": list(result.skipped),
                "problem": result.problem,
            }
        )
    else:
        if result.problem:
            click.echo(f"{file}: {result.problem}", err=True)
        click.echo(f"# {plural(len(fresh), 'feed')} that you do not follow yet. Add to feeds.yaml in the vault:")
        for id_, feed in fresh.items():
            title = json.dumps(feed.title or feed.url, ensure_ascii=False)
            click.echo(f"- {{id: {id_}, url: {json.dumps(feed.url)}, title: {title}}}")
        for line in result.skipped:
            click.echo(f"# left out: {line}", err=True)
    raise click.exceptions.Exit(1 if result.problem and not result.feeds else 0)


COMMANDS = {"import": import_}
