"""brandkit serve: the site as a host would show it, fresh while one writes, and the private dashboard beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.cli.options import print_findings, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.preview import Built, Preview
    from brandkit.app.project import Project
    from brandkit.web.channel import Channel
    from brandkit.web.private_side import PrivateSide

PORT, DASHBOARD_PORT = 8000, 8001
_SILENT = 1.0  # seconds after which somebody asks what is going on


@click.command()
@shared
@click.option("--port", type=click.IntRange(0, 65535), help=f"{PORT}, or the next that is free. 0: any that is free.")
@click.option("--dashboard/--no-dashboard", default=True, help="Your private dashboard, where there is a vault.")
@click.option("--dashboard-port", type=click.IntRange(0, 65535), help=f"{DASHBOARD_PORT}, or the next that is free.")
@click.option("--dashboard-host", metavar="NAME", help="127.0.0.1, if your browser does not find the name it has.")
@click.option("--open", "open_", is_flag=True, help="Open both in the browser.")
@click.option("--drafts/--no-drafts", default=True, help="Show drafts, labelled; they are shown unless you say no.")
@click.option("--future/--no-future", default=True, help="Show what is scheduled, labelled; shown unless you say no.")
@click.option("--expired", is_flag=True, help="Show what has expired too.")
@click.option("--navigate", is_flag=True, help="Let the browser go to the page that was edited.")
def serve(
    project: Path | None,
    today: date | None,
    port: int | None,
    dashboard: bool,
    dashboard_port: int | None,
    dashboard_host: str | None,
    open_: bool,
    navigate: bool,
    offline: bool,
    as_json_: bool,
    **flags: bool,
) -> None:
    """Show the site and your private dashboard, on this machine alone, and keep both fresh until Ctrl-C.

    A save changes the open page in place: scroll, focus and what you typed stay. Mistakes are shown over
    the last good page, with file, line and a hint, and go when they are mended.

    The dashboard is this week's suggestions, your people, calendar and feeds, to be answered. Its address
    ends in a key that is new each time; nobody without it sees anything.
    """
    from brandkit.app.preview import Preview
    from brandkit.io.watch import Watch
    from brandkit.web.channel import Channel
    from brandkit.web.preview import PreviewSite
    from brandkit.web.running import Place, listen, run

    here = project_at(project)
    place = listen(PORT if port is None else port, chosen=port is not None)
    channel, first = Channel(), threading.Event()
    root = here.public_root(today=today, **flags)
    said: list[Built] = []

    private = _private(here, today, offline, (dashboard_port, dashboard_host)) if dashboard else None

    def built(build: Built) -> None:  # on the thread that builds
        site.show(build)
        if build.ahead:
            return
        if private and first.is_set():
            private.changed_soon()
        if said or build.waiting:
            _say(build, said[-1] if said else build)
        if not build.waiting:
            said[:] = [build]
            first.set()

    def changed(paths: frozenset[Path]) -> None:  # on the thread of the watch
        preview.changed(paths)
        if private and any(path.is_relative_to(private.vault) for path in paths):
            private.changed()

    preview = Preview(here, root, built)
    site = PreviewSite(preview.out.path, channel, navigate)
    watch = Watch(_folders(here, private), [here.root / "site.yaml"], changed, click.echo)
    try:
        _begin(preview, watch.start, first)
        served = [Place(site.app(), place), *([private.place] if private else [])]
        run(served, lambda: _ready(served[0].port, preview, private, open_), lambda: _end(channel, private))
    except KeyboardInterrupt:
        pass
    finally:
        place.close()
        watch.close()
        preview.close()
    click.echo("")


def _private(here: Project, today: date | None, offline: bool, at: tuple[int | None, str | None]) -> PrivateSide | None:
    """The dashboard, where there is a vault to show."""
    from brandkit.io import vault
    from brandkit.web.private_side import PrivateSide
    from brandkit.web.running import listen

    if not vault.locate(here.root).is_dir():
        return None
    port, host = at
    if host and host != "127.0.0.1" and not host.endswith("localhost"):
        raise click.UsageError("--dashboard-host is 127.0.0.1, or a name that ends in localhost")
    place = listen(DASHBOARD_PORT if port is None else port, chosen=port is not None, option="--dashboard-port")
    private = PrivateSide(here, today, offline, place, host or "")
    private.hear_findings = print_findings
    return private


def _folders(here: Project, private: PrivateSide | None) -> list[Path]:
    elsewhere = [private.vault] if private and not private.vault.is_relative_to(here.root / "content") else []
    return [here.root / "content", here.root / "themes", *elsewhere]


def _end(channel: Channel, private: PrivateSide | None) -> None:
    channel.close()
    if private:
        private.close()


def _begin(preview: Preview, watch: Callable[[], None], first: threading.Event) -> None:
    """The first build. The watch begins before it, so that nothing is missed."""
    watch()
    preview.start()
    if not first.wait(_SILENT):
        click.echo("Building the site; the first time takes longest.")
    while not first.wait(0.2):
        pass
    build = preview.last
    print_findings(build.findings)
    if build.trouble:
        click.echo(build.trouble, err=True)


def _ready(port: int, preview: Preview, private: PrivateSide | None, open_: bool) -> None:
    address = f"http://127.0.0.1:{port}{preview.last.root}"
    click.echo(f"The site is at {address}  (Ctrl-C ends it)")
    if private:
        private.begin()
        click.echo(f"For you alone: {private.address}")
    for place in (address, *([private.door()] if private else [])) if open_ else ():
        click.launch(place)


def _say(build: Built, before: Built) -> None:
    """One line, and what was found if that is news."""
    from brandkit.cli.build_line import build_line
    from brandkit.io import clock

    click.echo(build_line(build, clock.now().astimezone()))
    if build.findings != before.findings:
        print_findings(build.findings)


COMMANDS: dict[str, Any] = {"serve": serve}
