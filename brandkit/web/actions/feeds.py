"""Feeds from the dashboard: look at an address, follow, pause, go on, let go, read what is due."""

from __future__ import annotations

from collections.abc import Sequence

from brandkit.app.feeds.feeds_adding import Choose, Taken, sound_desk, take
from brandkit.app.feeds.feeds_adding import follow as write_down
from brandkit.app.feeds.following import find_feed, set_paused, told
from brandkit.app.feeds.following import remove as let_go
from brandkit.base.text import clip, plural
from brandkit.base.walls import UsageProblem
from brandkit.engage.pages.page import Told
from brandkit.web.actions.action import Answer, Asked

_OFFLINE = "this was started offline, so nothing is fetched"
_AT_ONCE = 20  # feeds


def look(asked: Asked) -> Answer:
    """Look at an address: follow the feed that it is or has; where it has several, offer them."""
    typed = asked.form.get("url")
    taken = _take(asked, typed, lambda offers: offers if len(offers) == 1 else ())
    if taken.offers and not taken.finds and not taken.already:
        offers = tuple((offer.url, clip(offer.title, 70)) for offer in taken.offers)
        return Answer(Told(f"{plural(len(offers), 'feed')} found there.", offers=offers), is_news=False)
    return _followed(asked, [taken])


def follow(asked: Asked) -> Answer:
    """Follow those that were ticked."""
    urls = asked.form.all("url")
    if not urls:
        raise UsageProblem("none was ticked, so nothing was changed")
    return _followed(asked, [_take(asked, url, lambda offers: offers) for url in urls[:_AT_ONCE]])


def _take(asked: Asked, typed: str, choose: Choose) -> Taken:
    if not typed:
        raise UsageProblem("say the address of a site, a feed or a calendar")
    if asked.adviser.offline:
        raise UsageProblem(_OFFLINE)
    return take(typed, sound_desk(asked.project), choose, every=False)


def _followed(asked: Asked, found: Sequence[Taken]) -> Answer:
    """Write them down, and begin to read them."""
    details: list[str] = []
    for taken in found:
        details += [f"You follow this already: {name}" for name in taken.already.values()]
        details += taken.notes
        for feed, find in zip(write_down(asked.project, taken), taken.finds, strict=True):
            newest = f" Newest: {find.newest[0]}" if find.newest else " It holds nothing yet."
            details.append(f"{feed.id}: {find.title or find.url}.{newest}")
    is_new = any(taken.finds for taken in found)
    if is_new:
        asked.adviser.refresh_soon()
    return Answer(Told("Followed from now on." if is_new else "Nothing new to follow.", tuple(details)))


def pause(asked: Asked) -> Answer:
    """Leave a feed alone for a while."""
    return _pausing(asked, paused=True)


def resume(asked: Asked) -> Answer:
    """Go on with it."""
    return _pausing(asked, paused=False)


def _pausing(asked: Asked, paused: bool) -> Answer:
    with asked.project.locked():
        feed = find_feed(asked.desk, asked.form.get("feed"))
        set_paused(asked.desk, feed, paused)
    done = "is paused; what was read stays" if paused else "is read again when it is due"
    return Answer(Told(f"{told(feed, asked.desk)} {done}."))


def remove(asked: Asked) -> Answer:
    """Let one go that was added here; for one that a person wrote, say what to take out where."""
    with asked.project.locked():
        feed = find_feed(asked.desk, asked.form.get("feed"))
        removal = let_go(asked.desk, feed, dry_run=False)
    if removal.done:
        return Answer(Told(f"{removal.label} is gone, with {plural(removal.entries, 'entry', 'entries')}."))
    if removal.patch:
        said = f"You wrote {removal.label} yourself, so it is yours to take out. Save this, then: {removal.apply}"
        return Answer(Told(said, patch=removal.patch), is_news=False)
    places = " and ".join(removal.places)
    return Answer(Told(f"You wrote {removal.label} yourself. Take it out at {places}."), is_news=False)


def refresh(asked: Asked) -> Answer:
    """Begin to read what is due; the page shows how far it is."""
    if asked.adviser.offline:
        raise UsageProblem(_OFFLINE)
    asked.adviser.refresh_soon()
    return Answer(Told("Reading the feeds that are due."), is_news=False)
