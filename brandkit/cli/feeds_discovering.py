"""brandkit feeds discover: the feeds of contacts, looked for on their websites and offered as a patch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.base.text import plural
from brandkit.cli.feeds_adding import refuse_offline
from brandkit.cli.options import print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.feeds.discovering import ContactFind, Discovered


@click.command()
@shared
@click.argument("who", required=False)
def discover(project: Path | None, who: str | None, offline: bool, as_json_: bool, **_: Any) -> None:
    """Look for the feeds of contacts.

    On the websites (links) of contacts who have no feeds yet, or of WHO. A patch is offered, nothing is written.
    Each site is asked as anybody would ask it; nothing about you or your contacts is sent.
    """
    from brandkit.app.feeds.discovering import discover, wanting
    from brandkit.app.words.journaling import open_desk

    desk = open_desk(project_at(project))
    refuse_offline(offline)
    people = wanting(desk, who)
    found = discover(desk, people)
    if as_json_:
        print_json({"finds": [_find_json(one) for one in found.finds], "patch": found.patch})
    elif not people:
        click.echo("Nobody has a website (links) and no feeds: there is nowhere to look.")
    else:
        _report_discovered(found)


def _report_discovered(found: Discovered) -> None:
    good = [one for one in found.finds if one.find]
    for one in found.finds:
        if one.find is None:
            click.echo(f"{one.contact.name}: {one.site}: {one.problem}")
            continue
        click.echo(f"{one.contact.name}: {one.find.title or 'a feed'}  {one.find.url}{_remark(one)}")
        for title in one.find.newest:
            click.echo(f"  - {title}")
    click.echo(f"{plural(len(good), 'feed')} found on {plural(len(found.finds), 'site')}.")
    if found.patch:
        click.echo(f"\nIf these are theirs, save this, then: {found.apply}\n\n{found.patch}", nl=False)
    for one in found.by_hand:
        click.echo(f"\n# {one.contact.id}, to add by hand:\nfeeds: [{one.find.url if one.find else ''}]")


def _remark(one: ContactFind) -> str:
    if one.shared_with:
        return f" (on the site of {', '.join(one.shared_with)} too: perhaps of a place where they work)"
    return f" (you follow it already: {one.known_as})" if one.known_as else ""


def _find_json(one: ContactFind) -> dict[str, Any]:
    return {
        "contact": one.contact.id,
        "site": one.site,
        "feed": one.find.url if one.find else None,
        "title": one.find.title if one.find else None,
        "newest": list(one.find.newest) if one.find else [],
        "problem": one.problem or None,
        "shared_with": list(one.shared_with),
        "known_as": one.known_as or None,
    }
