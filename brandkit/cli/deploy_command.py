"""brandkit deploy: build, check, search for private words, publish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.app.project import Project
from brandkit.base.text import plural
from brandkit.base.walls import UsageProblem
from brandkit.cli.options import print_findings, print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.announcing import Told
    from brandkit.app.deploy import Order
    from brandkit.app.publish import Published
    from brandkit.io.targets.target import DeployPlan, Destination

_SHOWN = 20  # paths of a sort


@dataclass(frozen=True)
class _Wish:
    """What the command line asks for beside the project: where to, and what is meant. The options say each."""

    target: str | None
    to: str | None
    dry_run: bool
    public_only: bool
    allow_removals: bool
    smaller_vault: bool
    example: bool


@click.command()
@shared
@click.argument("target", required=False)
@click.argument("to", required=False)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--public-only", is_flag=True, help="Do not search for private words: for CI, which has no vault.")
@click.option(
    "--allow-removals", is_flag=True, help="Many files may be removed there: more than 10 and a fifth of all."
)
@click.option(
    "--smaller-vault", is_flag=True, help="The vault holds much less than it did the last time; that is meant."
)
@click.option("--example", is_flag=True, help="Invented names and addresses on the site are meant.")
def deploy(project: Path | None, today: date | None, as_json_: bool, offline: bool, **said: Any) -> None:
    """Build the site afresh (no drafts, nothing scheduled), make sure that nothing private is in it, publish it.

    \b
      brandkit deploy folder /srv/www/alex
      brandkit deploy github-pages                      # the branch gh-pages of the remote origin
      brandkit deploy rsync alex@host.example:/srv/www
      brandkit deploy s3 my-bucket --dry-run

    TARGET and TO default to `deploy:` in site.yaml; docs/deploying.md has a section for each. Nothing is asked: what
    is not safe is refused, and says how to go on.
    """
    from brandkit.app.deploy import check_target

    here, wish = project_at(project), _Wish(**said)
    check_target(wish.target)
    with here.locked():
        published = _fit_to_go(here, today, wish)
        order, plan = _carry_out(here, published, wish, as_json_)
        noted = [] if wish.dry_run else _note(here, published)
    if not as_json_ and not wish.dry_run:
        click.echo("Deployed." if plan.new or plan.changed or plan.removed else "Nothing had changed.")
        _tell(noted)
    told = None if wish.dry_run else _announce(here, published, plan, as_json_)
    if as_json_:
        moves = {"new": plan.new, "changed": plan.changed, "removed": plan.removed}
        changes = {"place": plan.place, **moves, "notes": plan.notes}
        more = {"told": vars(told)} if told else {}
        print_json({"target": order.target, **changes, "dry_run": wish.dry_run, "addresses": noted, **more})


def _fit_to_go(here: Project, today: date | None, wish: _Wish) -> Published:
    """The site, built anew; what is found is said. Raises Refused for one that should not go out at all."""
    from brandkit.app.before_deploy import check_before_deploy
    from brandkit.app.running import publish_now

    published = publish_now(here, here.public_root(today=today), here.public)
    print_findings(published.report.sorted())
    check_before_deploy(here, published, wish.example)
    return published


def _carry_out(here: Project, published: Published, wish: _Wish, quiet: bool) -> tuple[Order, DeployPlan]:
    """Search for private words, show the plan, and put the site where it goes, unless that is only rehearsed."""
    from brandkit.app.deploy import Order
    from brandkit.app.deploy import deploy as carry_out
    from brandkit.app.leaks import clear

    order = Order(*_chosen(here, published, wish), wish.dry_run, wish.allow_removals)
    clearance = clear(here, published, wish.public_only, wish.smaller_vault)
    if not quiet:
        click.echo(f"Leak gate: {clearance.detail}.")
    return order, carry_out(published.output, clearance, order, lambda plan: None if quiet else _show(plan, order))


def _chosen(here: Project, published: Published, said: _Wish) -> tuple[str, Destination]:
    """Where to: what the command line says, else `deploy:` in site.yaml as far as it is about the same target."""
    from brandkit.io.targets.target import Destination

    wish, to = published.settings.config.deploy, said.to
    if not said.target and "deploy" not in published.settings.marked.data:
        raise UsageProblem("say where to: brandkit deploy folder PATH, or `deploy:` in site.yaml; see --help")
    chosen = said.target or wish.target
    place = to or (wish.to if chosen == wish.target else "")
    if chosen == "folder" and place:
        folder = (Path() if to else here.root) / Path(place).expanduser()  # what a file says counts from that file
        place = str(folder.resolve())
        here.guard(Path(place))
    named = bool(place) or "branch" in (published.settings.marked.data.get("deploy") or {})
    return chosen, Destination(place, here.root, wish.branch, wish.endpoint or "", bool(to), named)


def _note(here: Project, published: Published) -> list[str]:
    """The addresses that are new, which are listed from now on."""
    from brandkit.app.published_urls import note_published

    return note_published(here.root, published.output)


def _announce(here: Project, published: Published, plan: DeployPlan, quiet: bool) -> Told | None:
    """Tell whom site.yaml names of what is new; what others do is no failure of a deploy."""
    config = published.settings.config
    if not config.feeds.websub and not config.send_webmentions:
        return None
    from brandkit.app.announcing import announce

    if not quiet:
        click.echo("Telling others, once the site shows what is new …")
    told = announce(published, (*plan.new, *plan.changed), here.cache)
    if not quiet:
        for line in _lines_of(told):
            click.echo(line)
    for problem in told.problems:
        click.echo(problem, err=True)
    return told


def _lines_of(told: Told) -> Iterator[str]:
    if told.feeds:
        yield f"The hub was told of {plural(len(told.feeds), 'feed')}."
    for link in told.links:
        yield f"Told that it is linked to: {link}"
    for link in told.unlinked:
        yield f"Told that it is no longer linked to: {link}"
    if told.noted:
        yield f"{plural(told.noted, 'link')} stood there before; pages are told of those that come from now on."
    if told.waiting:
        yield f"Nobody was told, as {told.why}; the next deploy does that."


def _show(plan: DeployPlan, order: Order) -> None:
    """The plan, before anything happens."""
    from brandkit.app.deploy import removes_much

    click.echo(f"To {_on_screen(plan.place)}:")
    counts = f"{len(plan.changed)} changed, {len(plan.removed)} removed"
    click.echo(f"{plural(len(plan.new), 'file')} {'would' if order.dry_run else 'will'} be added, {counts}.")
    for sign, paths in (("+", plan.new), ("~", plan.changed), ("-", plan.removed)):
        for path in paths[:_SHOWN]:
            click.echo(f"  {sign} {_on_screen(path)}")
        if len(paths) > _SHOWN:
            click.echo(f"  {sign} and {len(paths) - _SHOWN:,} more")
    for note in plan.notes:
        click.echo(f"Note: {note}.")
    if order.dry_run and removes_much(plan) and not order.allow_removals:
        click.echo("So many would be removed that a deploy wants --allow-removals.")


def _on_screen(text: str) -> str:
    return text if text.isprintable() else ascii(text)


def _tell(noted: list[str]) -> None:
    if noted:
        count = plural(len(noted), "address", "addresses")
        click.echo(f"{count} added to content/published-urls.txt; keep that file with your sources.")


COMMANDS = {"deploy": deploy}
