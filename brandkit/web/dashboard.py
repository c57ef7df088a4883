"""The dashboard: the private pages, with answers. Requests in, pages out; every write is an action's.

Stands behind the token and the loopback guard, on an origin of its own. It keeps nothing but what was just told:
the truth is in the vault.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from brandkit.app.adviser import Adviser, Ready
from brandkit.app.own_calendar import PATH as CALENDAR
from brandkit.app.own_calendar import own_calendar
from brandkit.app.people.introducing import lay_table, standing_of
from brandkit.app.people.sorting import places_of, waiting
from brandkit.app.project import Project
from brandkit.app.words.drafting import standing_words
from brandkit.app.words.journaling import Desk, UnknownPerson, open_desk
from brandkit.base.diagnostics import as_text
from brandkit.base.text import clip, slugify
from brandkit.base.walls import EnvironmentProblem, Refused, Stop, UsageProblem
from brandkit.engage.drafting.mail import eml_text
from brandkit.engage.pages.page import Facts, Live, PageView, Told
from brandkit.engage.pages.writing import find_page, page_writer
from brandkit.io.resources import private_templates
from brandkit.io.vault import locate
from brandkit.io.whole_file import environment_problem
from brandkit.web.actions.action import Action, Asked
from brandkit.web.actions.people import understood
from brandkit.web.actions.registry import ACTIONS
from brandkit.web.channel import Channel
from brandkit.web.forms import Form, read_form
from brandkit.web.guards import HOSTS, LoopbackGuard, TokenGuard

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_LETTER = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # a newsletter brings its styles with it
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_ASSETS = Path(__file__).parent / "assets"
_SCRIPTS = {"dashboard.js": "text/javascript", "idiomorph.js": "text/javascript", "dashboard.css": "text/css"}
_REMEMBERED = 50  # things that were told and not shown yet
_NAMES = 8
_LONGEST = 600  # letters of a problem
_STATUS: dict[type[Exception], int] = {UsageProblem: 422, Refused: 409, EnvironmentProblem: 503}


def dashboard(adviser: Adviser, channel: Channel, token: str, port: int, hosts: Container[str] = HOSTS) -> ASGIApp:
    """The application, guarded."""
    desk = _Dashboard(adviser, channel)
    app = Starlette(
        routes=[
            Route("/events", channel.respond),
            Route("/do/{name}", desk.act, methods=["POST"]),
            Route("/hear", desk.hear, methods=["POST"]),
            Route("/names", desk.names),
            Route("/{path:path}", desk.show),
        ],
        exception_handlers={Stop: _in_the_way},
    )
    return LoopbackGuard(TokenGuard(app, token, port), _HEADERS, hosts)


class _Dashboard:
    """Answers requests from the newest advice."""

    def __init__(self, adviser: Adviser, channel: Channel) -> None:
        self._adviser, self._channel = adviser, channel
        self._texts = private_templates("pages")
        self._told: OrderedDict[str, Told] = OrderedDict()
        self._telling = threading.Lock()
        self._writer: tuple[date, Callable[[PageView, Facts], str]] | None = None

    async def show(self, request: Request) -> Response:
        """A page, or a file that belongs to one."""
        path = request.path_params["path"] or "index.html"
        if path in _SCRIPTS:
            return Response((_ASSETS / path).read_bytes(), media_type=_SCRIPTS[path])
        return await run_in_threadpool(self._show, path, dict(request.query_params))

    async def act(self, request: Request) -> Response:
        """Do what a form says, then show the page that it came from."""
        action = ACTIONS.get(request.path_params["name"])
        if action is None:
            return PlainTextResponse("there is no such thing to do\n", 404)
        asked = Asked(self._adviser, read_form(await request.body()))
        by_script = request.headers.get("x-brandkit") == "script"  # ours; a form alone can say no such thing
        return await run_in_threadpool(self._act, action, asked, by_script)

    async def hear(self, request: Request) -> Response:
        """How a line would be understood; nothing is written."""
        asked = Asked(self._adviser, read_form(await request.body()))
        return await run_in_threadpool(_hear, asked)

    async def names(self, request: Request) -> Response:
        """People whose name begins so."""
        wanted = slugify(request.query_params.get("q", ""))
        return await run_in_threadpool(self._names, wanted)

    def _names(self, wanted: str) -> Response:
        people = (contact for contact, _ in self._adviser.ready().facts.shown())
        found = [one.name for one in people if f"-{slugify(one.name)}".find(f"-{wanted}") >= 0]
        return JSONResponse(sorted(found)[:_NAMES] if wanted else [])

    def _show(self, path: str, query: Mapping[str, str]) -> Response:
        with self._telling:
            told = self._told.pop(query.get("told", ""), None)
        return self._page(path, query, told, 200)

    def _page(self, path: str, query: Mapping[str, str], told: Told | None, status: int) -> Response:
        newest, ready = self._channel.newest, self._adviser.ready()  # in this order: nothing is missed
        facts = self._live(ready, path, query, told, newest)
        view = self._view(facts, path, query)
        return self._file(ready, facts, path) if view is None else HTMLResponse(self._write(view, facts), status)

    def _view(self, facts: Facts, path: str, query: Mapping[str, str]) -> PageView | None:
        if path == "introduce.html":
            return PageView(path, path, partial(self._introduction, query))
        return find_page(facts, path)

    def _write(self, view: PageView, facts: Facts) -> str:
        """Templates are read once a day: they know what day it is."""
        day, write = self._writer or (None, None)
        if write is None or day != facts.world.today:
            write = page_writer(self._texts, facts.world.today)
            self._writer = (facts.world.today, write)
        return write(view, facts)

    def _live(self, ready: Ready, path: str, query: Mapping[str, str], told: Told | None, newest: int = 0) -> Facts:
        project, known = self._adviser.project, ready.advised.known
        desk = Desk(project, locate(project.root), known.written, known.report)
        if path == "sort.html":  # the next one comes at once, whatever advice knows
            desk = open_desk(project)
        people = waiting(desk).people
        problems = [as_text([finding]) for finding in known.report.sorted()]
        live = Live(
            query,
            told,
            problems,
            people,
            edited=partial(standing_words, project),
            places=lambda contact: places_of(desk, [contact.id]),
            newest=newest,
            trouble=self._adviser.trouble,
        )
        return replace(ready.facts, live=live)

    def _introduction(self, query: Mapping[str, str]) -> dict[str, object]:
        adviser = self._adviser
        table = lay_table(adviser.project, adviser.when, query.get("a", ""), query.get("b", ""), offline=True)
        return {"a": table.a, "b": table.b, "standing": standing_of(table)}

    def _file(self, ready: Ready, facts: Facts, path: str) -> Response:
        """The style sheet, the calendar, the texts for one's own posts, a mail."""
        if path == "style.css":
            return Response(self._texts[path], media_type="text/css")
        if path == CALENDAR:
            known = ready.advised.known
            calendar, _, _ = own_calendar(self._adviser.project, known.world, known.occasions)
            return Response(calendar.data, media_type="text/calendar")
        if path.startswith("mail/") and path.endswith(".eml"):
            return self._mail(ready, facts, path.removeprefix("mail/").removesuffix(".eml"))
        for artifact in (artifact for one in facts.own for artifact in one.artifacts):
            if artifact.path == path:
                kind = "text/html" if path.endswith(".html") else "text/plain"
                return Response(artifact.data, media_type=kind, headers={"Content-Security-Policy": _LETTER})
        return PlainTextResponse("there is no such page\n", 404)

    def _mail(self, ready: Ready, facts: Facts, id_: str) -> Response:
        for advice in ready.advised.advice:
            for at in (at for at, bare in enumerate(advice.bare) if bare.id == id_):
                suggestion = advice.suggestions[at]
                draft = (facts.live.edited(suggestion) if facts.live else None) or suggestion.draft
                if draft is not None:
                    to = next(iter(advice.contact.emails), "") if advice.contact else ""
                    mail = eml_text(draft, to, facts.world.me)
                    name = f'attachment; filename="{id_}.eml"'
                    return Response(mail, media_type="message/rfc822", headers={"Content-Disposition": name})
        return PlainTextResponse("there is no such mail any more\n", 404)

    def _act(self, action: Action, asked: Asked, by_script: bool) -> Response:
        try:
            with _disk_problems(asked.project):
                answer = action(asked)
            if answer.go:
                self._adviser.again()  # the page is to be there
            elif answer.is_news:
                self._adviser.soon(asked.form.get("id"))
        except Stop as problem:
            return self._refused(asked.form, problem, by_script)
        return RedirectResponse(self._with_told(answer.go or asked.form.back, answer.told), 303)

    def _refused(self, form: Form, problem: Stop, by_script: bool) -> Response:
        """The same page with what is wrong, so that nothing that was typed is lost."""
        typed = {name: values[0] for name, values in form.fields.items()}
        unknown = typed.get("line", "").partition(":")[0].strip() if isinstance(problem, UnknownPerson) else ""
        told = Told(_sentence(problem), is_problem=True, typed=typed, unknown=clip(unknown, 80))
        status = _STATUS.get(type(problem), 422)
        if not by_script:
            return RedirectResponse(self._with_told(form.back, told), 303)
        parts = urlsplit(form.back)
        path, query = parts.path.lstrip("/"), dict(parse_qsl(parts.query))
        facts = self._live(self._adviser.ready(), path, query, told)
        view = self._view(facts, path, query) or self._view(facts, "index.html", {})
        assert view is not None
        try:
            return HTMLResponse(self._write(view, facts), status)
        except Stop:  # the page itself can not be had any more
            return self._page("index.html", {}, told, status)

    def _with_told(self, back: str, told: Told | None) -> str:
        if told is None:
            return back
        key = secrets.token_urlsafe(6)
        with self._telling:
            self._told[key] = told
            while len(self._told) > _REMEMBERED:
                self._told.popitem(last=False)
        parts = urlsplit(back)
        query = [(name, value) for name, value in parse_qsl(parts.query) if name != "told"]
        return f"{parts.path}?{urlencode([*query, ('told', key)])}"


@contextmanager
def _disk_problems(project: Project) -> Iterator[None]:
    """What a disk says no to, in words."""
    try:
        yield
    except OSError as error:
        raise environment_problem(error, project.root) from error


def _in_the_way(request: Request, problem: Exception) -> Response:
    """What keeps every page from being shown."""
    return PlainTextResponse(f"{_sentence(problem)}\n", _STATUS.get(type(problem), 503))


def _sentence(problem: Exception) -> str:
    said = clip(str(problem), _LONGEST)
    return f"{said[:1].upper()}{said[1:]}"


def _hear(asked: Asked) -> Response:
    try:
        return JSONResponse({"lines": list(understood(asked).lines), "problem": ""})
    except Stop as problem:
        return JSONResponse({"lines": [], "problem": str(problem)})
