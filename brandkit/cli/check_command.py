"""brandkit check: every finding, nothing written."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from brandkit.base.text import plural
from brandkit.cli.options import print_findings, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.external_links import ExternalLinks
    from brandkit.app.leaks import Looked
    from brandkit.app.project import Project
    from brandkit.app.publish import Planned
    from brandkit.base.diagnostics import Report
    from brandkit.site.model import Site


@click.command()
@shared
@click.option("--public-only", is_flag=True, help="Look at the site alone, not at the vault.")
@click.option("--external", is_flag=True, help="Ask for every page of others that yours link to; takes its time.")
@click.option("--accept-urls", is_flag=True, help="Let the published addresses go that are not there any more.")
@click.option(
    "--leaks", is_flag=True, help="Build the site and search it for private words; exits 3 where one is found."
)
@click.option(
    "--push", metavar="REMOTE", help="With --leaks, as git's hook: search the site that stands, and the push."
)
@click.option("--strict", is_flag=True, help="Let warnings fail the run.")
def check(
    project: Path | None,
    today: date | None,
    offline: bool,
    as_json_: bool,
    public_only: bool,
    external: bool,
    accept_urls: bool,
    leaks: bool,
    push: str | None,
    strict: bool,
) -> None:
    """Find every problem in site, theme and vault, with file, line and a hint. Writes nothing of its own accord.

    --accept-urls is the one thing that changes a file of yours: it writes 'gone' before the lost addresses in
    content/published-urls.txt. --leaks is a run of its own: it builds what would be deployed, and searches that.
    """
    here = project_at(project)
    if leaks or push is not None:
        _look_for_leaks(here, today, push, public_only, as_json_)
    from brandkit.app.looking import look_at

    planned = look_at(here, today, closely=True)
    report, said = planned.report, dict[str, Any]()
    if accept_urls:
        report, said["accepted"] = _accept(here, planned)
    if external:
        asked = None if offline else _ask(here, planned.site, as_json_)
        report.add(asked.findings if asked else ())
        said["external"] = _told(asked)
    if not public_only:
        _look_at_vault(here, report)
    if as_json_:
        print_findings(report.sorted(), True, written=[], removed=[], why={}, **said)
    else:
        print_findings(report.sorted())
        _say(said)
        click.echo(f"{plural(report.count('error'), 'error')}, {plural(report.count('warning'), 'warning')}.")
    raise click.exceptions.Exit(1 if report.failed(strict) else 0)


def _look_for_leaks(here: Project, today: date | None, push: str | None, public_only: bool, as_json_: bool) -> NoReturn:
    from brandkit.app.leaks import NO_VAULT, Looked, has_vault, look_through_site, open_gate
    from brandkit.app.pushing import look_at_push
    from brandkit.base.walls import Refused

    looked, errors = Looked(), 0
    if push is not None:
        looked = look_at_push(here, sys.stdin, push)
    elif not public_only:
        if not has_vault(here):
            raise Refused(NO_VAULT)
        from brandkit.app.running import publish_now

        with here.locked():
            published = publish_now(here, here.public_root(today=today), here.public)
        errors = published.report.count("error")
        print_findings([] if as_json_ else [d for d in published.report.sorted() if d.severity == "error"])
        looked = look_through_site(open_gate(here), published)
    _tell_leaks(looked, as_json_)
    raise click.exceptions.Exit(3 if looked.leaks else 1 if errors else 0)


def _tell_leaks(looked: Looked, as_json_: bool) -> None:
    from brandkit.app.leak_report import told

    if as_json_:
        more = {"allowed": list(looked.allowed), "not_searched": list(looked.unsearched)}
        print_findings(list(looked.findings()), True, files=looked.files, strings=looked.strings, **more)
        return
    if looked.leaks:
        click.echo(f"Private words stand in what is to be published:\n  {told(looked.leaks)}", err=True)
    for note in looked.notes:
        click.echo(f"  {note}")
    click.echo(f"Leak gate: {looked.summary if looked.strings else 'no vault here; nothing was searched for'}.")


def _look_at_vault(here: Project, report: Report) -> None:
    from brandkit.app.words.journaling import open_desk
    from brandkit.io import vault

    if vault.locate(here.root).is_dir():
        report.add(open_desk(here).report.diagnostics)


def _accept(here: Project, planned: Planned) -> tuple[Report, list[str]]:
    from brandkit.app.published_urls import accept_vanished

    with here.locked():
        gone, rest = accept_vanished(here.root, planned)
    return rest, gone


def _ask(here: Project, site: Site, quiet: bool) -> ExternalLinks:
    from brandkit.app.external_links import check_external
    from brandkit.cli.build_command import progress_bar

    with progress_bar("Asking for links", quiet) as progress:
        return check_external(site, here.cache, progress)


def _told(asked: ExternalLinks | None) -> dict[str, Any]:
    if asked is None:
        return {"asked": 0, "remembered": 0, "unknown": [], "offline": True}
    unknown = [{"address": address, "why": why} for address, why in asked.unknown]
    return {"asked": asked.asked, "remembered": asked.remembered, "unknown": unknown, "offline": False}


def _say(said: dict[str, Any]) -> None:
    for address in said.get("accepted", ()):
        click.echo(f"Let go: {address}")
    if said.get("accepted") == []:
        click.echo("No published address is gone, so there was none to let go.")
    links = said.get("external")
    if links is None:
        return
    if links["offline"]:
        click.echo("Links to other sites were not asked for: --offline.")
        return
    click.echo(
        f"Links to other sites: asked for {plural(links['asked'], 'address', 'addresses')}, "
        f"{links['remembered']} known from the last day."
    )
    for link in links["unknown"]:
        click.echo(f"  unknown: {link['address']}: {link['why']}")


COMMANDS = {"check": check}
