"""Plain words: a line as people type it, and what is read from it; what is unsure stays in the words alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from brandkit.engage.journal import TYPES
from brandkit.engage.plain_words.reading import read_words

SUNDAY = date(2026, 3, 1)
NAMES = ("Ada Example",)
EVENTS = {"ev1": "PyExample", "calm": "CalmConf", "ev3": "Platform Sunday"}


def heard(text: str, today: date = SUNDAY) -> dict[str, Any]:
    """What was read, without what goes without saying: a note of today."""
    read = read_words(text, today, NAMES, EVENTS)
    promises = [f"{p.by}: {p.text}" + (f" @{p.due}" if p.due else "") for p in read.promises]
    said = {
        "type": read.type if read.type != "message" else None,
        "direction": read.direction if (read.type, read.direction) != ("message", "mutual") else None,
        "on": str(read.on) if read.on != today else None,
        "promises": promises,
        **{name: list(texts) for name, texts in read.learned.items()},
        "event": read.event,
        "link": read.link,
        "reason": read.reason,
    }
    return {key: value for key, value in said.items() if value}


def call(**more: Any) -> dict[str, Any]:
    return {"type": "call", "direction": "mutual", **more}


def meeting(**more: Any) -> dict[str, Any]:
    return {"type": "meeting", "direction": "mutual", **more}


def life(reason: str, **more: Any) -> dict[str, Any]:
    return {"type": "life-event", "reason": reason, **more}


def did(type_: str, direction: str, **more: Any) -> dict[str, Any]:
    return {"type": type_, "direction": direction, **more}


GAVE: dict[str, Any] = {"direction": "gave"}
RECEIVED: dict[str, Any] = {"direction": "received"}
REFERRED = did("referral", "received")

ENGLISH: list[tuple[str, dict[str, Any]]] = [
    (
        "call, looks for a platform lead; I promised the list by Friday",
        call(needs=["a platform lead"], promises=["me: the list @2026-03-06"]),
    ),
    (
        "met yesterday at PyExample, is interested in remote caching, she will send me her slides",
        meeting(on="2026-02-28", event="ev1", interests=["remote caching"], promises=["them: send her slides"]),
    ),
    ("lunch on Tuesday", meeting(on="2026-02-24")),
    ("coffee last Friday", meeting(on="2026-02-27")),
    ("called her two days ago", call(on="2026-02-27")),
    ("call on 14 Feb", call(on="2026-02-14")),
    ("call on 2026-02-01", call(on="2026-02-01")),
    ("Met on February 3rd", meeting(on="2026-02-03")),
    ("I'll send the notes tomorrow", {"promises": ["me: send the notes @2026-03-02"]}),
    (
        "promised to introduce him to Mei by end of month",
        {"promises": ["me: introduce him to Mei @2026-03-31"]},
    ),
    ("call. I will write the review in two weeks", call(promises=["me: write the review @2026-03-15"])),
    ("her father died", life("bereavement")),
    ("his wife passed away on Thursday", life("bereavement", on="2026-02-26")),
    ("is ill", life("illness")),
    ("she is in hospital", life("illness")),
    ("lost her job", life("job-loss")),
    ("was laid off last week, looks for a new job", life("job-loss", on="2026-02-22", needs=["a new job"])),
    ("started a new job at Acme", life("new-job")),
    ("their baby was born", life("birth")),
    ("got married in May", life("wedding")),
    ("won an award for the library", life("award")),
    ("her book is out", life("book")),
    ("is going through a hard time", life("hard-time")),
    ("referred me to Acme", did("referral", "received")),
    ("recommended me", did("referral", "received")),
    ("gave me feedback on the talk", did("feedback", "received")),
    ("gave her feedback on the talk", did("feedback", "gave")),
    ("thanked her for the introduction", did("thank", "gave")),
    ("asked for advice on hiring", did("ask", "asked")),
    ("helped him with the migration", did("help", "gave")),
    ("she helped me with the migration", did("favour", "received")),
    (
        "sent her https://news.example/good-read, because she collects such stories",
        did("share", "gave", link="https://news.example/good-read"),
    ),
    ("she sent me https://news.example/x.", {"direction": "received", "link": "https://news.example/x"}),
    ("she called, needs a lawyer", call(needs=["a lawyer"])),
    ("Ada will send me the contract by Wednesday", {"promises": ["them: send the contract @2026-03-04"]}),
    ("I promised Ada the list", {"promises": ["me: the list"]}),
    ("wants to learn Rust", {"needs": ["learn Rust"]}),
    ("has two kids", {"facts": ["has two kids"]}),
    ("coffee, moves to the new office in April", meeting(facts=["moves to the new office in April"])),
    ("lives in Lisbon, works at Acme", {"facts": ["lives in Lisbon", "works at Acme"]}),
    ("call, doesn't need a lawyer any more", call()),
    ("call, no longer looks for a platform lead", call()),
    ("no promise this time", {}),
    ("I did not promise the list", {}),
    ("I won't send the notes", {}),
    ("will she send it?", {}),
    ("call. Does she need a designer?", call()),
    ("her boss promised a raise", {}),
    ("I need a new chair", {}),
    ("my father died", {}),
    ("her laptop died in the middle of the call", {}),
    ("call, if she looks for a designer I might know one", call()),
    ("call on 31 Feb", call()),
    ("call last May", call()),
    ("I promised the list by 14 Feb", {"promises": ["me: the list by 14 Feb"]}),
    ("call on 5 March", call()),
    ("we talked about the deadline on Friday", call()),
    ("wrote a long mail about the conference", GAVE),
    ("Zoom call with Ada, she's looking for two backend engineers", call(needs=["two backend engineers"])),
    ("phoned; he promised me an answer by next Friday", call(promises=["them: an answer @2026-03-06"])),
    ("congratulated her on the new job", did("congratulate", "gave")),
    ("she replied", did("replied", "mutual")),
    ("short walk this morning, he is keen on climbing", meeting(interests=["climbing"])),
    (
        "dinner at CalmConf; I'll introduce her to Mei and send the photos by March 10",
        meeting(event="calm", promises=["me: introduce her to Mei and send the photos @2026-03-10"]),
    ),
    ("I owe her an answer", {"promises": ["me: an answer"]}),
    ("offered to review her draft", did("offer", "gave")),
    ("recommended her to Acme", did("referral", "gave")),
    ("call: she's leaving tomorrow for Rome", call()),
    ("met, she said she would send the slides", meeting()),
    ("I'll be in Berlin on Friday", {}),
    ("met a week ago", meeting(on="2026-02-22")),
    ("mentoring session yesterday", did("session", "mutual", on="2026-02-28")),
    ("sent my condolences", did("stand-by", "gave")),
    ("her talk was accepted at CalmConf", life("talk", event="calm")),
    ("he's not ill", {}),
    ("she is sick of meetings", {}),
    ("she shared my post", did("promotion", "received")),
    (
        "Had lunch with Ada on Friday. She's interested in observability and gardening.",
        meeting(on="2026-02-27", interests=["observability", "gardening"]),
    ),
    (
        "Phone call this morning: Ada needs someone who can review her proposal; I said I'd read it by Thursday",
        call(needs=["someone who can review her proposal"], promises=["me: read it @2026-03-05"]),
    ),
    ("Coffee. He promised to send me the photos.", meeting(promises=["them: send the photos"])),
    ("told her I'd send the link tonight", {"promises": ["me: send the link @2026-03-01"]}),
    (
        "Ran into her at CalmConf two weeks ago, she just got promoted",
        meeting(on="2026-02-15", event="calm", facts=["just got promoted"]),
    ),
    ("Ada and I met on Monday. She owes me the recording.", meeting(on="2026-02-23", promises=["them: the recording"])),
    ("I promised her the list by the 15th", {"promises": ["me: the list @2026-03-15"]}),
    ("she told me that her mother passed away in January", life("bereavement")),
    ("she'd like to learn Go", {"needs": ["learn Go"]}),
    ("call - wants me to send her the deck by tomorrow", call()),
    ("I need to call her on Monday", {}),
    ("her boss is ill", {}),
    ("she asked me to introduce her to Mei", {"direction": "received"}),
    ('she said "I will send you the slides tomorrow"', {}),
    ("she's got two kids", {"facts": ["has got two kids"]}),
    ("lunch; I paid, she owes me one", meeting()),
    ("she speaks at CalmConf", {"event": "calm"}),
    ("moved to the new office", {}),
    ("moved to Lisbon", life("move")),
    ("she started at Acme", life("new-job")),
    ("promised myself to call more often", {}),
    ("she needs a lawyer by Friday", {"needs": ["a lawyer"]}),
    ("call, she is looking for trouble", call()),
    ("great chat at PyExample, he is into Rust and hiking", meeting(event="ev1", interests=["Rust", "hiking"])),
    ("coffee, her father died when she was ten", meeting()),
    ("her father died five years ago", {}),
    ("lost his wife in 2009", {}),
    ("apparently she looks for a cook", {}),
]

GERMAN: list[tuple[str, dict[str, Any]]] = [
    (
        "vor drei Tagen telefoniert, sucht eine Wohnung; ich schicke ihm bis Montag die Liste",
        call(on="2026-02-26", needs=["eine Wohnung"], promises=["me: ihm die Liste schicken @2026-03-02"]),
    ),
    ("sein Vater ist gestorben", life("bereavement")),
    ("ihre Mutter ist am Donnerstag gestorben", life("bereavement", on="2026-02-26")),
    ("ist krank", life("illness")),
    ("sie liegt im Krankenhaus", life("illness")),
    ("hat ihren Job verloren", life("job-loss")),
    ("ihm wurde gekündigt", life("job-loss")),
    ("hat einen neuen Job bei Acme", life("new-job")),
    ("sie ist Mutter geworden", life("birth")),
    ("hat geheiratet", life("wedding")),
    ("gestern auf der CalmConf getroffen", meeting(on="2026-02-28", event="calm")),
    ("Mittagessen am Dienstag", meeting(on="2026-02-24")),
    ("Kaffee letzten Freitag", meeting(on="2026-02-27")),
    ("Telefonat am 14. Februar", call(on="2026-02-14")),
    ("Anruf am 3.2.", call(on="2026-02-03")),
    ("vorgestern telefoniert", call(on="2026-02-27")),
    ("vor einer Woche getroffen", meeting(on="2026-02-22")),
    ("Ich habe ihr die Liste bis Freitag versprochen", {"promises": ["me: die Liste @2026-03-06"]}),
    (
        "habe versprochen, ihn bis Ende des Monats Mei vorzustellen",
        {"promises": ["me: ihn Mei vorstellen @2026-03-31"]},
    ),
    ("Sie schickt mir morgen ihre Folien", {"promises": ["them: ihre Folien schicken @2026-03-02"]}),
    ("er hat mir eine Antwort bis Mittwoch versprochen", {"promises": ["them: eine Antwort @2026-03-04"]}),
    ("ich werde ihr in zwei Wochen die Notizen schicken", {"promises": ["me: ihr die Notizen schicken @2026-03-15"]}),
    ("interessiert sich für verteilte Caches", {"interests": ["verteilte Caches"]}),
    ("Telefonat, braucht eine gute Anwältin", call(needs=["eine gute Anwältin"])),
    ("möchte Rust lernen", {"needs": ["Rust lernen"]}),
    ("hat zwei Kinder", {"facts": ["hat zwei Kinder"]}),
    ("zieht im April nach Lissabon", {"facts": ["zieht im April nach Lissabon"]}),
    ("wohnt in Bonn, arbeitet bei Acme", {"facts": ["wohnt in Bonn", "arbeitet bei Acme"]}),
    ("hat mich an Acme empfohlen", did("referral", "received")),
    ("hat mir Feedback zum Vortrag gegeben", did("feedback", "received")),
    ("für die Einladung bedankt", did("thank", "gave")),
    ("um Rat gefragt, wie man einstellt", did("ask", "asked")),
    ("ihm beim Umzug geholfen", did("help", "gave")),
    ("sie hat mir beim Umzug geholfen", did("favour", "received")),
    ("ihr https://news.example/lesen geschickt", did("share", "gave", link="https://news.example/lesen")),
    ("Telefonat, braucht keine Wohnung mehr", call()),
    ("sucht nicht mehr", {}),
    ("ich habe nichts versprochen", {}),
    ("Ich schicke die Liste nicht", {}),
    ("schickt sie mir die Folien?", {}),
    ("ihr Chef hat eine Zulage versprochen", {}),
    ("ich brauche einen neuen Stuhl", {}),
    ("mein Vater ist gestorben", {}),
    ("Telefonat am 31. Februar", call()),
    ("vielleicht sucht sie eine Wohnung", {}),
    ("ich rufe sie nächste Woche an", {"promises": ["me: sie anrufen @2026-03-06"]}),
    ("zum Vortrag gratuliert", did("congratulate", "gave")),
    ("sie hat geantwortet", did("replied", "mutual")),
    ("Treffen, sie ist auf der Suche nach einem Verlag", meeting(needs=["einem Verlag"])),
    ("ihr Buch ist erschienen", life("book")),
    ("Spaziergang heute früh, er begeistert sich fürs Klettern", meeting(interests=["Klettern"])),
    ("lange Mail geschrieben über die Konferenz am Dienstag", GAVE),
    (
        "Heute mit Ada telefoniert. Sie sucht Betatester für ihre App. Ich melde mich bis Ende nächster Woche.",
        call(needs=["Betatester für ihre App"], promises=["me: mich melden @2026-03-06"]),
    ),
    ("Sie will mir bis Donnerstag Bescheid geben", {"promises": ["them: Bescheid geben @2026-03-05"]}),
    ("hat mir versprochen, die Folien zu schicken", {"promises": ["them: die Folien schicken"]}),
    ("Treffen in Bonn; ich stelle sie Mei vor", meeting(promises=["me: sie Mei vorstellen"])),
    ("Anruf gestern Abend, sie ist seit Montag krank", life("illness", on="2026-02-28")),
    ("beim Mittagessen erzählt, dass ihr Vater gestorben ist", life("bereavement")),
    ("Ada hat mich gebeten, ihr Mei vorzustellen", {"direction": "received"}),
    ("Ich kann ihr die Liste nicht versprechen", {}),
    ("habe ihr die Folien geschickt", GAVE),
    ("sie braucht bis Freitag eine Antwort", {"needs": ["eine Antwort"]}),
    ("sie spricht über Caches", {}),
    ("sie spricht Polnisch", {"facts": ["spricht Polnisch"]}),
    ("Bis Freitag schicke ich ihr die Liste", {"promises": ["me: ihr die Liste schicken @2026-03-06"]}),
    ("Ich bringe ihr morgen das Buch mit", {"promises": ["me: ihr das Buch mitbringen @2026-03-02"]}),
    ("sein Vater ist vor zehn Jahren gestorben", {}),
]


TODAY = date(2026, 11, 28)  # a Saturday
NEWCOMERS: list[tuple[str, dict[str, Any]]] = [
    # a note is no message, what was sent is
    *((text, {}) for text in ("Rechnung ist bezahlt", "she likes the new office", "her email address is new",
                              "wrote a book", "sie hat ihr Buch geschrieben", "Buch geschrieben", "she wrote a book")),
    *((text, GAVE) for text in (
        "sent her the list", "wrote to him", "emailed", "texted", "messaged", "left a message", "left her a voicemail",
        "mailed", "asked how the move went", "asked her how the move went", "hab ihr geschrieben",
        "hab ihr die Liste geschickt", "ihm gemailt", "Mail geschrieben", "Karte geschickt")),
    ("asked her how to deploy", did("ask", "asked")),
    *((text, RECEIVED) for text in (
        "she finally sent me the contract", "he kindly sent me a list", "they then sent me photos", "mail from Mei",
        "sie hat mir die Liste gemailt", "Brief von Mei")),
    *((text, did("share", "gave", link="https://news.example/x")) for text in (
        "https://news.example/x", "sent her https://news.example/x", "hab ihr https://news.example/x geschickt")),
    ("lesen: https://news.example/x", {"link": "https://news.example/x"}),
    # referrals
    *((text, REFERRED) for text in (
        "er empfiehlt mich bei der Spedition Möwe", "sie hat mich weiterempfohlen", "recommends me to Mei",
        "is recommending me", "she is recommending me to her boss", "sent me a referral: Bob", "they referred us",
        "Rechnung ist bezahlt; er empfiehlt mich bei der Spedition Möwe", "call, he recommends me to Acme",
        "Rechnung ist bezahlt, er empfiehlt mich bei der Spedition Möwe", "Telefonat; sie empfiehlt uns weiter")),
    *((text, {}) for text in (
        "recommended me a book", "she recommends me to read it", "er empfiehlt mir ein Buch",
        "er empfiehlt uns ein Buch",
        "sie hat uns ein Buch empfohlen", "she does not recommend me", "her boss recommends me", "empfiehlt mich nie")),
    # hard times
    *((text, life("illness")) for text in (
        "broke her hip", "he broke his left arm", "is in hospital with pneumonia", "broke a collarbone",
        "she has broken her wrist", "had an operation",
        "is having surgery", "in hospital until January", "is in hospital until January", "in the hospital",
        "in der Klinik", "im Krankenhaus bis Januar", "hat sich das Bein gebrochen",
        "wurde operiert", "hatte eine Operation", "Telefonat; sie ist in der Klinik")),
    ("liegt seit Montag im Krankenhaus", life("illness", on="2026-11-23")),
    ("had surgery yesterday", life("illness", on="2026-11-27")),
    ("wurde gestern operiert", life("illness", on="2026-11-27")),
    *((text, life("bereavement")) for text in (
        "miscarriage", "had a miscarriage", "they lost the baby", "lost their baby", "hatte eine Fehlgeburt",
        "Fehlgeburt",
        "sie haben das Baby verloren")),
    *((text, life("hard-time")) for text in (
        "getting divorced", "is getting a divorce", "they are separating", "separated from his wife",
        "lässt sich scheiden", "sie lassen sich scheiden", "his wife is in hospital", "seine Frau ist im Krankenhaus",
        "her son is very ill", "call: her mother is in hospital", "Telefonat: ihre Mutter liegt im Krankenhaus",
        "her father had a stroke", "her husband has cancer", "ihr Sohn ist schwer krank")),
    *((text, {}) for text in (
        "broke her record", "lost the baby photos", "broke the build", "is in hospital software",
        "a miscarriage of justice", "not in hospital",
        "separated the concerns", "her boss is in hospital", "if she broke her leg", "sie ist Ärztin im Krankenhaus",
        "hat sich den Kopf zerbrochen", "hat die Firma operiert", "maybe getting divorced", "my wife is in hospital")),
    ("works in a hospital", {"facts": ["works in a hospital"]}),
    # good news
    ("was promoted to director", life("promotion")),
    ("was promoted to director on 25 November", life("promotion", on="2026-11-25")),
    ("wurde zur Direktorin befördert", life("promotion")),
    *((text, life("engagement")) for text in ("got engaged", "is engaged to Mei", "hat sich verlobt",
    "sie sind verlobt")),
    *((text, life("pregnancy")) for text in ("is pregnant", "they are expecting a baby", "ist schwanger",
                                             "erwartet ein Kind")),
    *((text, life("birth")) for text in ("had a baby boy", "hat einen Sohn bekommen", "hat Zwillinge bekommen")),
    *((text, life("graduation")) for text in (
        "finished her PhD", "passed her exam", "he passed the bar exam", "graduated",
        "hat ihre Promotion abgeschlossen",
        "hat die Prüfung bestanden", "hat ihr Studium abgeschlossen")),
    ("call, is pregnant", call(facts=["is pregnant"])),
    *((text, {}) for text in (
        "got engaged in the discussion", "is not pregnant", "passed her the salt", "finished her coffee",
        "lunch in Trieste next spring", "lunch soon", "coffee someday", "dinner in spring", "Mittagessen im Frühling",
        "Kaffee bald", "Treffen nächste Woche", "call tomorrow")),
    ("met her; lunch soon", meeting()),
    ("called her soon after the talk", call()),
    ("Telefonat heute Morgen", call()),
    # days anywhere
    ("workshop in Munich on 12 October went well", {"on": "2026-10-12"}),
    ("Workshop in München am 12. Oktober lief gut", {"on": "2026-10-12"}),
    ("she referred me to Hollin Press, a new client, on 9 November", {**REFERRED, "on": "2026-11-09"}),
    ("supper on the 12th", meeting(on="2026-11-12")),
    ("Abendessen am 12.", meeting(on="2026-11-12")),
    ("Abendessen am 30.", meeting(on="2026-10-30")),
    ("funeral on the 27th", {"on": "2026-11-27"}),
    ("met her in 2023", meeting()),
    ("the deadline was on Friday", {}),
    ("text her on Monday", {}),
    ("call, she was in Rome on Tuesday", call()),
    ("on 2 November she asked; I promised a quote by Friday",
     {**RECEIVED, "on": "2026-11-02", "promises": ["me: a quote @2026-11-06"]}),
    ("on 2 November I promised a quote by Friday", {"on": "2026-11-02", "promises": ["me: a quote @2026-11-06"]}),
    ("Telefonat am 2. November; ich habe ein Angebot bis Freitag versprochen",
     call(on="2026-11-02", promises=["me: ein Angebot @2026-11-06"])),
    ("call yesterday, I promised the list by Friday", call(on="2026-11-27", promises=["me: the list @2026-12-04"])),
    ("met on 12 October, I'll send the notes tomorrow",
     meeting(on="2026-10-12", promises=["me: send the notes @2026-11-29"])),
    # what I said I would do
    ("I said I'd come to the funeral on the 30th", {"promises": ["me: come to the funeral @2026-11-30"]}),
    ("I said I would bring soup on Tuesday", {"promises": ["me: bring soup @2026-12-01"]}),
    ("I said I will water the plants", {"promises": ["me: water the plants"]}),
    ("I said I'd do the slides by Friday", {"promises": ["me: do the slides @2026-12-04"]}),
    ("I said yes by 10 December", {"promises": ["me: yes @2026-12-10"]}),
    *((text, {}) for text in ("I said I'd be happy", "I said I would never do it", "I said yes", "I said I'd think",
                              "she said I would come")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NEWCOMERS, ids=lambda value: str(value)[:50])
def test_a_newcomers_line_is_read_as_it_is_meant(text: str, expected: dict[str, Any]) -> None:
    assert heard(text, TODAY) == expected


@pytest.mark.parametrize(("text", "expected"), [*ENGLISH, *GERMAN], ids=lambda value: str(value)[:50])
def test_a_line_is_read_as_people_mean_it(text: str, expected: dict[str, Any]) -> None:
    assert heard(text) == expected


@pytest.mark.parametrize("text", [text for text, _ in (*ENGLISH, *GERMAN)], ids=str)
def test_the_words_are_kept_as_they_were_typed(text: str) -> None:
    assert read_words(text, SUNDAY).summary == text


HALVES = [half for text, _ in (*ENGLISH, *GERMAN, *NEWCOMERS) for half in text.replace(";", ",").split(",")]
LINES = st.one_of(
    st.text(), st.lists(st.sampled_from([*HALVES, "on", "by", "in", "am", "99999", "days ago"])).map(", ".join)
)


@given(LINES, st.dates())
@example("call 9999999999 days ago, I'll send it in 9999999999 weeks", date.min)
@example("call yesterday, I'll send it tomorrow", date.min)
@example("call last Tuesday, I promised the list by end of month, by Friday", date.max)
@example("call on ²-²-², am ३. Februar, in ² weeks", SUNDAY)
def test_no_words_break_it_and_days_lie_on_their_side_of_today(text: str, today: date) -> None:
    read = read_words(text, today, NAMES, EVENTS)
    assert read.type in TYPES
    assert read.on <= today
    assert all(p.due is None or p.due >= read.on for p in read.promises)
    assert all(p.text.strip() and p.by in ("me", "them") for p in read.promises)
    assert all(text.strip() for texts in read.learned.values() for text in texts)
    assert read.event in (None, *EVENTS)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_within_a_week(today: date, weekday: int) -> None:
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[weekday]
    on = read_words(f"lunch on {name}", today).on
    due = read_words(f"I promised the list by {name}", today).promises[0].due
    assert due is not None
    assert on.weekday() == due.weekday() == weekday
    assert today - timedelta(days=7) < on <= today <= due < today + timedelta(days=7)
