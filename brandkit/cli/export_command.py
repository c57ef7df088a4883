"""brandkit export: your people for other programs, and what they agreed to for your site."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import click

from brandkit.app.project import Project
from brandkit.cli.options import print_json, project_at, shared

KINDS = ("vcard", "vcard3", "csv", "json", "opml", "blogroll", "testimonials", "ics")


@click.command("export")
@shared
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("who", required=False)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write a new file; else it is printed.")
@click.option("--role", help="Only people with this role.")
@click.option("--all", "everyone", is_flag=True, help="A backup: also people who are not to be written to.")
@click.option("--private", is_flag=True, help="For csv and json: also notes, needs, facts and all else.")
def export(
    project: Path | None,
    today: date | None,
    kind: str,
    who: str | None,
    output: Path | None,
    as_json_: bool,
    **more: Any,
) -> None:
    """Print people, or one person, as KIND; or offer what they agreed to for your site.

    \b
      vcard         an address book as vCard 4.0; vcard3 for older phones and programs
      csv           a table, safe to open in a spreadsheet
      json          for scripts: a list of people, each with the keys of a contact file
      opml          the feeds that you follow and those of your people
      blogroll      people with a feed who agreed to be named, for content/data/blogroll.yaml
      testimonials  the words of WHO as a new file in content/testimonials/, a draft for you to read
      ics           your calendar: days of people, events, renewals, meetings, sessions

    \b
      brandkit export vcard --role client --output clients.vcf
      brandkit export testimonials ada

    An address book holds names, addresses, firms, days and roles; never what you noted about people.
    Who has not agreed is in nothing that is meant for the public: asked by name, it is refused (exit 3).
    """
    from brandkit.engage.sources.exports import Asked

    here = project_at(project)
    asked = Asked(more["role"], None, more["everyone"], more["private"])
    _check(kind, who, output, asked.everyone, asked.private)
    if kind == "testimonials":
        _offer(here, today, str(who), as_json_)
    elif kind == "ics":
        _calendar(here, today, output)
    else:
        _print(here, kind, who, output, asked)


def _check(kind: str, who: str | None, output: Path | None, everyone: bool, private: bool) -> None:
    """Options that do not belong to this kind."""
    if kind == "testimonials" and (not who or output):
        raise click.UsageError("say whose words: brandkit export testimonials WHO. The file gets its name from theirs.")
    if kind == "ics" and who:
        raise click.UsageError("the calendar is one for all: brandkit export ics")
    if everyone and kind not in ("vcard", "vcard3", "csv", "json"):
        raise click.UsageError("--all is for vcard, csv and json")
    if private and kind not in ("csv", "json"):
        raise click.UsageError("--private is for csv and json")


def _print(here: Project, kind: str, who: str | None, output: Path | None, asked: Any) -> None:
    from brandkit.app.people.exporting import export as make
    from brandkit.app.people.exporting import write_new
    from brandkit.app.words.journaling import open_desk

    desk = open_desk(here)
    made = make(desk, kind, who, asked)
    if output:
        write_new(output, made.text)
        click.echo(f"Written: {output}")
    else:
        click.echo(made.text, nl=False)
    for line in made.left_out:
        click.echo(f"# left out: {line}", err=True)
    spoilt = sum(1 for d in desk.report.diagnostics if d.severity == "error" and "/contacts" in d.place.file)
    if spoilt:
        click.echo(f"# {spoilt} mistakes in contacts; who cannot be read is left out. See brandkit check.", err=True)
    raise click.exceptions.Exit(1 if spoilt else 0)


def _calendar(here: Project, today: date | None, output: Path | None) -> None:
    """What `build` writes to private/calendar.ics, as it is now; feeds that need the network are not asked."""
    from brandkit.app.advise import gather
    from brandkit.app.own_calendar import own_calendar
    from brandkit.app.own_day import when
    from brandkit.app.people.exporting import write_new

    with here.locked():
        known = gather(here, when(here, today), offline=True, progress=None)
    text = own_calendar(here, known.world, known.occasions)[0].data.decode()
    if output:
        write_new(output, text)
        click.echo(f"Written: {output}")
    else:
        click.echo(text, nl=False)


def _offer(here: Project, today: date | None, who: str, as_json_: bool) -> None:
    from brandkit.app.own_day import when
    from brandkit.app.people.exporting import offer_testimonial, write_new
    from brandkit.app.words.journaling import open_desk

    path, text = offer_testimonial(open_desk(here), who, when(here, today))
    write_new(path, text)
    shown = os.fspath(path.relative_to(here.root))
    if as_json_:
        print_json({"written": [shown]})
        return
    click.echo(f"Written: {shown}\nRead it, remove 'draft: true', and commit it. Nothing is public before that.")


COMMANDS = {"export": export}
