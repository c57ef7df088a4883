"""What a kind of content is: where its sources stand, where its pages go, how it begins and how machines read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time, tzinfo
from typing import Any, ClassVar

from brandkit.site.keys import Key

Facts = Mapping[str, Any]


class Kind:
    """A content type: a subclass in a file of its own says what differs from a dated piece of writing.

    `name` is the word for one, as `brandkit new` takes it; `folder` stands below content/ and names the
    section. `dated`: it needs a date. `titled`: it needs a title. `scheduled`: a date to come holds it
    back. `streamed`: it stands in the site's own feed and archive. `timed`: it happens at a time, and is
    to come or past. `shown_whole`: lists show its text. `keys` are those of its front matter beside the common ones.
    """

    name: ClassVar[str]
    folder: ClassVar[str]
    template: ClassVar[str] = "page.html"
    dated: ClassVar[bool] = True
    titled: ClassVar[bool] = True
    scheduled: ClassVar[bool] = True
    streamed: ClassVar[bool] = True
    timed: ClassVar[bool] = False
    shown_whole: ClassVar[bool] = False
    keys: ClassVar[tuple[Key, ...]] = ()
    schema: ClassVar[str] = "Article"

    @property
    def permalink(self) -> str:
        """The usual pattern of addresses; site.yaml may give another."""
        return f"/{self.folder}/:slug/"

    def archetype(self, title: str, day: str) -> str:
        """The text of a new source."""
        return front(title, f"date: {day}", "draft: true", "description:      # one sentence, for lists and feeds")

    def starts(self, facts: Facts, dated: datetime | None) -> date | None:
        """The day or moment that it stands under in lists."""
        return dated

    def ends(self, facts: Facts, dated: datetime | None) -> date | None:
        """Until when it is still to come, for what happens at a time; None for writing."""
        return None

    def problem(self, facts: Facts) -> str | None:
        """What keeps it from being shown at all, in words; None where nothing does."""
        return None

    def structured(self, facts: Facts) -> Mapping[str, Any]:
        """What schema.org should know beyond title, dates and author."""
        return {}


def front(title: str, *lines: str, body: str = "") -> str:
    """The text of a new source with these lines of front matter."""
    return "\n".join(["---", f"title: {json.dumps(title, ensure_ascii=False)}", *lines, "---", "", body])


def moment_of(value: date, zone: tzinfo, end: bool = False) -> datetime:
    """A day or moment as a moment: a day begins at midnight, and at its `end` ends a second before the next."""
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time(23, 59, 59) if end else time(), zone)
