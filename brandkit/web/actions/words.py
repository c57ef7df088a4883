"""The words of a suggestion, as a person changed them: kept beside the drafts, never sent."""

from __future__ import annotations

from brandkit.app.words.drafting import save_words
from brandkit.base.walls import UsageProblem
from brandkit.engage.pages.page import Told
from brandkit.web.actions.action import Answer, Asked


def words(asked: Asked) -> Answer:
    """Keep what a person wrote."""
    form = asked.form
    if not form.get("id") or not form.get("text"):
        raise UsageProblem("there are no words to keep")
    with asked.project.locked():
        written = save_words(asked.project, asked.when, form.get("id"), form.get("subject"), form.get("text"))
    where = " and ".join(path.relative_to(asked.project.root).as_posix() for path in written.files)
    return Answer(Told(f"Kept in {where}.", written.notes), is_news=False)
