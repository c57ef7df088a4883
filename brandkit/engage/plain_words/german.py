"""Was eine deutsche Zeile mit welchen Worten sagt: what a German line says with which words."""

from __future__ import annotations

import re

from brandkit.engage.plain_words.heard import By, Kind, Language

_SOON = r"(?:(?:gerade|noch|immer|dringend|auch|jetzt|zurzeit|derzeit|wieder|nun|seit Kurzem|schon) )*"
_THEM = r"(?:(?:sie|er|beide|she) )"
_OF_THEM = r"(?:ihre?|seine?|her)"
_KIN = (
    r"(?:(?:groß|stief|schwieger|paten)?(?:vater|mutter|eltern|sohn|tochter|kind)|papa|mama|opa|oma|mann|frau|"
    r"ehemann|ehefrau|"
    r"partner(?:in)?|lebensgefährt(?:e|in)|freund(?:in)?|beste freundin|bester freund|bruder|schwester|onkel|tante|"
    r"neffe|nichte|hund|katze|baby)"
)
_TO = r"(?:ihr|ihm|ihnen|dir|euch|she)"
_INFINITIVES = (
    r"(?:schicken|senden|mailen|geben|bringen|vorstellen|anrufen|weiterleiten|schreiben|zeigen|fragen|prüfen|lesen|"
    r"besorgen|vorbereiten|organisieren|buchen|empfehlen|helfen|einladen|teilen|melden|nachreichen|übersetzen|"
    r"zurückrufen|antworten|heraussuchen|raussuchen|leihen|zusenden|zuschicken|mitbringen|verbinden|nennen)"
)
_FINITE = {
    "schicke": "schicken", "sende": "senden", "maile": "mailen", "gebe": "geben", "bringe": "bringen",
    "stelle": "stellen", "rufe": "rufen", "leite": "leiten", "schreibe": "schreiben", "zeige": "zeigen",
    "frage": "fragen", "prüfe": "prüfen", "lese": "lesen", "besorge": "besorgen", "bereite": "bereiten",
    "organisiere": "organisieren", "buche": "buchen", "empfehle": "empfehlen", "helfe": "helfen", "lade": "laden",
    "leihe": "leihen", "reiche": "reichen", "suche": "suchen", "antworte": "antworten", "melde": "melden",
    "schickt": "schicken", "sendet": "senden", "mailt": "mailen", "gibt": "geben", "bringt": "bringen",
    "stellt": "stellen", "leitet": "leiten", "zeigt": "zeigen", "leiht": "leihen", "ruft": "rufen",
    "schreibt": "schreiben", "empfiehlt": "empfehlen", "lädt": "laden", "meldet": "melden",
}  # fmt: skip
_MINE = "|".join(verb for verb in _FINITE if verb.endswith("e"))
_THEIRS = (
    "|".join(verb for verb in _FINITE if verb.endswith("t") and verb not in ("schreibt", "empfiehlt")) + "|schreibt"
)
_WANTS_PARTICLE = frozenset({"stellen", "leiten", "bereiten", "laden", "reichen", "suchen", "rufen"})
_PARTICLE = re.compile(r" (an|vor|weiter|ein|nach|zu|zurück|mit|heraus|raus|rüber|durch)$")
_MOOD = re.compile(r"\b(?:sehr|auch|gern|gerne|dann|noch|halt|mal|dafür|ja) ", re.IGNORECASE)
_ZU = re.compile(r"\b(?:(ab|an|auf|aus|bei|ein|mit|nach|vor|weiter|zurück|her|hin|zu|durch|heraus)zu|zu )(\w+n)$")
_EMPTY = re.compile(r"^(?:es|das|dies|nichts|viel|mir|uns|ihr|ihm|ihnen|sich|mich)?$", re.IGNORECASE)
_TO_ME = re.compile(r"\b(?:mir|uns) ?", re.IGNORECASE)
_TO_THEM = re.compile(rf"\b(?:{_TO}|sie|ihn)\b", re.IGNORECASE)


def _kind(pattern: str, type_: str, direction: str | None) -> Kind:
    return Kind(re.compile(pattern, re.IGNORECASE), type_, direction)


def _all(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_LIKE = (
    r"^(?:(?:ein|eine|einen|langes?|lange|langer|kurzes?|kurze|kurzer|gutes?|gute|guter|schönes?|schöner|erstes?|"
    r"nettes?) )*"
)
_SAID = r"^(?:hat|haben|sie hat|she hat|er hat|sie haben|hat sie|hat er) "
_KINDS = (
    _kind(rf"{_SAID}(?:mich|uns) (?!(?:ein|das|den|die|dies)\w* )(?:.*)(?:empfohlen|"
          rf"vermittelt)$", "referral", "received"),
    _kind(rf"^{_THEM}?(?:empfiehlt|empfahl|vermittelt) (?:mich|uns(?! (?:ein|das|den|die|dies|"
          rf"etwas)\w*))\b", "referral",
          "received"),
    _kind(rf"{_SAID}(?:mir|uns) (?:eine|die) (?:Empfehlung|Weiterempfehlung) (?:geschickt|gegeben)$", "referral",
          "received"),
    _kind(r"^(?:ich habe |habe |ich hab |hab )?(?:ihn|sie) (?!hat |haben )(?:.* "
          r")?(?:weiter)?empfohlen$", "referral", "gave"),
    _kind(rf"{_SAID}(?:mir|uns) .*(?:feedback|rückmeldung)\b.*gegeben$", "feedback", "received"),
    _kind(rf"(?:^|.*\b)(?:{_TO}) .*(?:feedback|rückmeldung)\b.*gegeben$", "feedback", "gave"),
    _kind(rf"{_SAID}(?:mir|uns) .*geholfen$", "favour", "received"),
    _kind(rf"{_SAID}(?:mich|uns|mir) .*(?:vorgestellt|einen Gefallen getan)$", "favour", "received"),
    _kind(rf"{_SAID}(?:meinen|unseren|meine) .*(?:geteilt|verlinkt|erwähnt)$", "promotion", "received"),
    _kind(rf"{_SAID}.*(?:geantwortet|zurückgeschrieben)$", "replied", "mutual"),
    _kind(rf"{_SAID}(?:mir|uns) (?:.* )?(?:geschickt|geschrieben|gemailt|gesendet|erzählt)$", "message", "received"),
    _kind(rf"{_SAID}(?:mich|uns) (?:.* )?(?:angerufen)$", "call", "mutual"),
    _kind(r".*\b(?:kondoliert|Beileid ausgesprochen)$|^Beileid\b", "stand-by", "gave"),
    _kind(rf"{_LIKE}(?:Mentoring-?|Coaching-?)?(?:sitzung|session)\b", "session", "mutual"),
    _kind(rf"{_LIKE}(?:Video|Zoom-?)?(?:Telefonat|Anruf|Telefongespräch|Videocall|Telefonkonferenz)\b"
          r"|(?:^|.*\b)(?:telefoniert|angerufen)$|.*\bam Telefon gesprochen$|^telefoniert\b", "call", "mutual"),
    _kind(rf"{_LIKE}(?:Treffen|Mittagessen|Kaffee|Abendessen|Frühstück|Spaziergang|Bier|Mittagspause|Brunch)\b"
          r"|(?:^|(?!.*(?:Entscheidung|Auswahl|Vorbereitung)).*\b)getroffen$|^getroffen\b|.*\b(?:essen gegangen|"
          r"zusammen gegessen)$|(?:^|.*\b)(?:ihn|sie) besucht$", "meeting", "mutual"),
    _kind(r"(?:^|.*\b)gratuliert$|^Glückwünsche\b", "congratulate", "gave"),
    _kind(r"(?:^|.*\b)(?:bedankt|gedankt)$", "thank", "gave"),
    _kind(r"(?:^|.*\b)geholfen$", "help", "gave"),
    _kind(r"(?:^|.*\b)angeboten$", "offer", "gave"),
    _kind(rf"{_SAID}(?:mich|uns) .*(?:gebeten|gefragt)$|{_SAID}(?:mich|uns) gebeten", "message", "received"),
    _kind(r"^(?!.*\b(?:mich|uns)\b)(?:ich habe |habe )?(?:.* )?(?:um (?:\w+ )?(?:Rat|Hilfe|Feedback|"
          r"Unterstützung)\b.*(?:gefragt|gebeten)|gebeten)$",
          "ask", "asked"),
    _kind(r"(?:^|.*\b)geteilt$", "share", "gave"),
    _kind(rf"^(?!(?:{_THEM}|hat |haben |sie |wurde |ist ))(?:.*\b)?(?:(?:geschickt|gemailt|gesendet)|(?:(?:^|"
          rf"\b(?:{_TO}|kurz|"
          r"habe?|Mail|Nachricht|Brief|Karte|SMS|Zeilen) )geschrieben))$|^(?:\w+ )?(?:Mail|Nachricht|Brief|Karte)"
          r"(?! (?:von|ist|kam)\b)\b", "message", "gave"),
    _kind(r"^(?:\w+ )?(?:Mail|Nachricht|Brief|Karte) von\b", "message", "received"),
)  # fmt: skip
_CLINIC = (
    r"(?:im Krankenhaus|in der Klinik|auf der Intensivstation)(?: (?:bis|seit) (?:zum |zur |mitte |ende |anfang )?"
    r"(?:\w+\.? ?){1,3})?"
)
_LOST = r"(?:hat|haben) (?:vor \w+ \w+ |gerade |letzte woche |kürzlich )?"
_LIFE = (
    (rf"^{_OF_THEM} {_KIN} (?:ist|sind) (?:.* )?(?:gestorben|verstorben|tot|eingeschlafen)$", "bereavement"),
    (rf"^dass {_OF_THEM} {_KIN} (?:.* )?(?:gestorben|verstorben) ist$", "bereavement"),
    (rf"^{_THEM}?{_LOST}(?:ihre?n?|seine?n?|das|ein) {_KIN} verloren$", "bereavement"),
    (rf"^(?:(?:{_THEM}|sie )?(?:hat|hatten?|haben) (?:gerade |wieder )?)?(?:eine |ihre )?(?:Fehlgeburt|Totgeburt)"
     r"(?: gehabt| erlitten)?$", "bereavement"),
    (rf"^{_THEM}?(?:ist|sind) (?:\w+ )?(?:schwer |sehr |wieder |länger )*(?:krank|erkrankt|krankgeschrieben)$",
     "illness"),
    (rf"^(?:{_THEM}?(?:liegt|ist) )?(?:seit (?:\w+ ){{0,2}}|{_SOON}){_CLINIC}$", "illness"),
    (rf"^{_THEM}?hat sich (?:.* )?(?:das|den|die|ein|einen|eine|zwei) (?:linken? |rechten? |linkes |rechtes "
     rf")?(?:\w*Bein|"
     r"\w*Arm|Hüfte|Knöchel|Handgelenk|Schlüsselbein|Fuß|Schulter|Oberschenkel\w*|Hand|Rippen?|Knie|Becken|Nase|Finger|"
     r"Ellbogen|Zeh|Kiefer) gebrochen$", "illness"),
    (rf"^{_THEM}?(?:wurde|ist|wird) (?:(?!von\b).+ )?operiert(?: worden)?$", "illness"),
    (rf"^{_THEM}?(?:hat|hatte) (?:eine )?(?:schwere |große )?(?:\w+-)?(?:Operation|OP)(?: gehabt| hinter "
     rf"sich)?$", "illness"),
    (rf"^{_THEM}?hat (?:\w*krebs|einen Schlaganfall|einen Herzinfarkt|ein(?:en)? Burn-?out)\b", "illness"),
    (rf"^{_THEM}?{_LOST}(?:ihren|seinen|ihre|seine|den|die) (?:Job|Stelle|Arbeit|Arbeitsplatz|Arbeitsstelle) verloren$",
     "job-loss"),
    (rf"^(?:{_TO}) wurde (?:.* )?gekündigt$|^{_THEM}?(?:wurde|ist) (?:.* )?(?:entlassen|gekündigt worden|arbeitslos)$",
     "job-loss"),
    (rf"^(?:macht|{_THEM}macht|hat|{_THEM}hat) (?:gerade )?eine (?:sehr )?(?:schwere|schwierige|harte) Zeit\b",
     "hard-time"),
    (rf"^(?:{_THEM}|sie |beide )?(?:hat sich|lässt sich|haben sich|lassen sich) (?:.* )?(?:scheiden|getrennt)\b|"
     r"^(?:sie |beide )trennen sich$", "hard-time"),
    (rf"^{_OF_THEM} {_KIN} (?:(?:ist|liegt) {_SOON}(?:seit (?:\w+ ){{0,2}})?(?:{_CLINIC}|(?:sehr|schwer|ernsthaft|"
     r"schlimm) (?:krank|erkrankt)|todkrank)|(?:wird|wurde) (?:.* )?operiert|hat \w*krebs)$", "hard-time"),
    (rf"^dass {_OF_THEM} {_KIN} {_CLINIC} (?:ist|liegt)$", "hard-time"),
    (rf"^{_THEM}?(?:wurde|ist) (?:.* )?befördert(?: worden)?$", "promotion"),
    (rf"^(?:{_THEM}|sie )?(?:hat sich|haben sich|ist|sind) (?:.* )?verlobt$", "engagement"),
    (rf"^{_THEM}?(?:ist|sind) {_SOON}schwanger$|^(?:{_THEM}|sie )?(?:erwartet|erwarten) {_SOON}(?:ein (?:\w+ "
     rf")?(?:Kind|Baby)|"
     r"Zwillinge)$", "pregnancy"),
    (rf"^{_THEM}?(?:hat|haben) (?:.* )?(?:(?:ihre|seine|die) (?:\w+ )?(?:Promotion|Doktorarbeit|Ausbildung|"
     rf"Masterarbeit)|"
     r"(?:ihr|sein|das) (?:Studium|Abitur|Examen|Referendariat)) (?:abgeschlossen|fertig|beendet|bestanden|abgegeben)$|"
     rf"^{_THEM}?hat (?:.* )?(?:die|ihre|seine) (?:\w+ )?\w*prüfung(?:en)? (?:.* )?bestanden$", "graduation"),
    (rf"^{_THEM}?hat (?:\w+ )?(?:einen neuen Job|eine neue (?:Stelle|Arbeit)|einen neuen Posten)\b", "new-job"),
    (rf"^{_THEM}?(?:fängt|beginnt) .*\bbei (?-i:[A-ZÄÖÜ])\w+.* an$|^{_THEM}?wechselt zu (?-i:[A-ZÄÖÜ])\w+", "new-job"),
    (rf"^{_THEM}?hat (?:.* )?(?:eine Firma|ein Unternehmen) gegründet$", "launch"),
    (rf"^{_THEM}?hat (?:.* )?(?:\w*preis|Auszeichnung)(?: .*)? (?:gewonnen|bekommen|erhalten)$", "award"),
    (r"^(?:ihr|sein|her) (?:neues |erstes |zweites )?Buch (?:ist|erscheint|kommt) ?(?:.* )?(?:erschienen|heraus|raus|"
     r"da|)$",
     "book"),
    (rf"^{_THEM}?hat (?:ein|ihr|sein) (?:neues |erstes )?Buch veröffentlicht$", "book"),
    (r"^(?:ihr|sein|her) Vortrag (?:ist|wurde) (?:.* )?angenommen\b", "talk"),
    (rf"^{_THEM}?ist (?:.* )?(?:Mutter|Vater) geworden$|^(?:ihr|sein|her)e? (?:Sohn|Tochter|Baby|Kind|Zwillinge) "
     rf"(?:ist|sind) (?:.* )?(?:geboren|da|auf der Welt)$", "birth"),
    (rf"^{_THEM}?hat (?:.* )?(?:(?:ein|ihr|sein) (?:\w+ )?(?:Kind|Baby|Mädchen)|(?:einen|ihren|seinen) (?:\w+ )?"
     rf"(?:Sohn|Jungen)|(?:eine|ihre|seine) (?:\w+ )?Tochter|Zwillinge) bekommen$", "birth"),
    (rf"^{_THEM}?(?:hat|haben) (?:.* )?geheiratet$", "wedding"),
    (rf"^{_THEM}?ist (?:.* )?umgezogen$", "move"),
)  # fmt: skip
_PROMISES: tuple[tuple[str, By], ...] = (
    (r"^(?:ich habe|habe|wir haben|ich hab|habe ich|haben wir) (?P<thing>.*?) ?(?:versprochen|zugesagt)(?:,? "
     r"(?P<zu>.* \w*zu ?\w+n))?$", "me"),
    (rf"^(?:{_THEM}|sie haben )?(?:hat |hat (?:sie|er|she) )(?:mir |uns )?(?P<thing>.*?) ?(?:versprochen|zugesagt),? "
     rf"(?P<zu>.* \w*zu ?\w+n)$",
     "them"),
    (rf"^{_THEM}?(?:hat|haben) (?:(?:sie|er|she) )?(?:mir|uns) (?P<thing>.+?) (?:versprochen|zugesagt)$", "them"),
    (r"^(?!(?:sie|er|she|hat|ihr|sein)\w* )(?P<thing>(?:\S+ ){1,8}?)(?:versprochen|zugesagt)$", "me"),
    (r"^versprochen,? (?P<thing>)(?P<zu>.* \w*zu ?\w+n)$", "me"),
    (rf"^(?:ich (?P<verb>{_MINE})|(?P<verb_>{_MINE}) ich) (?P<rest>.+)$", "me"),
    (rf"^(?:ich werde|werde ich|werde) (?P<rest>.*?) ?(?P<inf>{_INFINITIVES})$", "me"),
    (rf"^(?:{_THEM}(?P<verb>{_THEIRS})|(?P<verb_>{_THEIRS})(?: (?:sie|er|she))?) (?P<rest>(?:mir|uns)\b.*)$", "them"),
    (rf"^{_THEM}?(?P<verb>meldet) (?P<rest>sich\b.*)$", "them"),
    (rf"^{_THEM}?(?:will|wird|möchte) (?:(?:sie|er|she) )?(?P<rest>.*\b(?:mir|uns)\b.*?) ?(?P<inf>{_INFINITIVES})$",
     "them"),
)  # fmt: skip


def _wording(match: re.Match[str], by: By, dated: bool) -> str | None:
    """The text of a promise, with its verb at the end: `ihm die Liste schicken`."""
    parts = match.groupdict()
    verb = parts.get("verb") or parts.get("verb_")
    if verb:
        return _with_verb(parts["rest"], _FINITE[verb.casefold()], by, dated)
    if parts.get("zu"):
        text = _ZU.sub(lambda zu: (zu[1] or "") + zu[2], parts["zu"])
    elif parts.get("inf"):
        text = f"{parts['rest']} {parts['inf']}"
    else:
        text = re.sub(rf"^(?:{_TO}) ", "", parts["thing"].strip(), flags=re.IGNORECASE)
    return _said(text, by)


def _with_verb(rest: str, infinitive: str, by: By, dated: bool) -> str | None:
    particle = _PARTICLE.search(rest)
    if not particle and infinitive in _WANTS_PARTICLE:
        return None
    certain = dated or infinitive in ("schicken", "senden", "mailen", "melden") or _TO_THEM.search(rest)
    if by == "me" and not certain:
        return None
    rest = rest[: particle.start()] if particle else rest
    return _said(f"{rest} {particle[1] if particle else ''}{infinitive}", by)


def _said(text: str, by: By) -> str | None:
    text = _MOOD.sub("", " ".join(text.split()))
    if by == "them":
        text = _TO_ME.sub("", text)
    return None if _EMPTY.match(text) else text


GERMAN = Language(
    unsure=re.compile(
        r"\b(?:nicht|kein\w*|nie|niemals|nichts|ohne|kaum|vielleicht|eventuell|womöglich|möglicherweise|könnte|würde|"
        r"falls|wenn|ob|fast|beinahe|angeblich|hoffentlich|weder)\b",
        re.IGNORECASE,
    ),
    kinds=_KINDS,
    life=tuple((re.compile(pattern, re.IGNORECASE), reason) for pattern, reason in _LIFE),
    promises=tuple((re.compile(pattern, re.IGNORECASE), by) for pattern, by in _PROMISES),
    needs=_all(
        rf"^{_THEM}?(?:sucht|suchen) (?:(?:sie|er|she) )?{_SOON}(?:nach )?(?P<thing>.+)",
        rf"^{_THEM}?(?:braucht|benötigt|brauchen) (?:(?:sie|er|she) )?{_SOON}(?P<thing>.+)",
        rf"^{_THEM}?(?:ist|sind) {_SOON}auf der Suche nach (?P<thing>.+)",
        rf"^{_THEM}?(?:möchte|will|würde gern) {_SOON}(?:gern |gerne )?(?P<thing>.+ (?:lernen|finden|kaufen|"
        rf"veröffentlichen|einstellen|verstehen|mieten|aufbauen|verkaufen))$",
    ),
    interests=_all(
        rf"^{_THEM}?interessiert sich {_SOON}(?:sehr )?(?:fürs?) (?P<thing>.+)",
        rf"^{_THEM}?(?:ist {_SOON}(?:sehr )?interessiert an|begeistert sich {_SOON}(?:sehr )?(?:fürs?)) (?P<thing>.+)",
        rf"^{_THEM}?(?:mag|liebt) {_SOON}(?!(?:den|die|das|mein\w*|unser\w*|es|mich|uns|diese\w*|ihr\w*|sein\w*|wie)\b)"
        r"(?P<thing>.+)",
    ),
    facts=_all(
        rf"^{_THEM}?(?P<fact>(?:hat|haben) (?:eine?n?|zwei|drei|vier|fünf|sechs|[0-9]{{1,2}}) (?:\w+ "
        rf")?(?:Kind(?:er)?|T[oö]chter|S[oö]hne?|Hunde?|Katzen?|Pferde?|Zwillinge|Geschwister|Enkel(?:kinder)?)\b.*)",
        rf"^{_THEM}?(?P<fact>(?:wohnt|lebt) (?:jetzt )?in .+|kommt aus .+)",
        rf"^{_THEM}?(?P<fact>arbeitet (?:jetzt )?(?:bei|als|für|in|im) .+)",
        rf"^{_THEM}?(?P<fact>zieht (?:.* )?(?:nach|ins?) .+)",
        rf"^{_THEM}?(?P<fact>spielt \w+|spricht (?-i:[A-ZÄÖÜ])\w+(?: und (?-i:[A-ZÄÖÜ])\w+)?|singt im .+)$",
        rf"^{_THEM}?(?P<fact>ist (?:Vegetarier(?:in)?|Veganer(?:in)?|vegan|Linkshänder(?:in)?))$",
    ),
    wording=_wording,
)
