"""Every action of the dashboard, by the name that its form sends to."""

from __future__ import annotations

from collections.abc import Mapping

from brandkit.web.actions import answers, feeds, introductions, people, words
from brandkit.web.actions.action import Action

ACTIONS: Mapping[str, Action] = {
    "done": answers.done,
    "dismiss": answers.dismiss,
    "snooze": answers.snooze,
    "undo": answers.undo,
    "replied": answers.replied,
    "words": words.words,
    "log": people.log,
    "person": people.person,
    "sort": people.sort,
    "introduce": introductions.introduce,
    "look": feeds.look,
    "follow": feeds.follow,
    "pause": feeds.pause,
    "resume": feeds.resume,
    "remove": feeds.remove,
    "refresh": feeds.refresh,
}
