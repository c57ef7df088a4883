"""Turns of life in what a contact publishes: good news to congratulate on, hard times to stand by in. Pure.

In: title, text and language of an entry. Out: what happened to its *author*, and the sentence that
says so; None wherever that is not plain. One that is missed costs little, a wrong one much: only the
first person speaks here, near the verb, of today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from brandkit.base.text import sentences

HARD = frozenset({"bereavement", "illness", "job-loss"})
_SENTENCES, _LONGEST, _READ = 10, 320, 6000  # sentences looked at, characters of one, characters of a text


@dataclass(frozen=True)
class LifeEvent:
    """What happened to the author of an entry, in the author's own sentence."""

    kind: str
    sentence: str
    is_hard: bool


_Events = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Language:
    events: tuple[tuple[str, re.Pattern[str]], ...]
    unsure: re.Pattern[str]  # negation, doubt, condition, advice
    past: re.Pattern[str]  # long ago
    quoting: re.Pattern[str]


def life_event_in(title: str, text: str, language: str) -> LifeEvent | None:
    """The turn of the author's life that an entry tells of, the hard before the good; None where none is plain."""
    code = language.strip()[:2].casefold()
    tables = [_language(name) for name in _LANGUAGES if not code or name == code]
    found = [event for table in tables for event in _events(title, text, table)]
    return next((event for event in found if event.is_hard), found[0] if found else None)


def _events(title: str, text: str, language: _Language) -> Iterator[LifeEvent]:
    headings, body = sentences(title[:_LONGEST])[:2], _own_sentences(text)
    for number, sentence in enumerate((*headings, *body)):
        if len(sentence) > _LONGEST or sentence.endswith("?"):
            continue
        bare = _QUOTED.sub(" “” ", sentence)
        kinds = [kind for clause in _CLAUSE.split(bare) if (kind := _kind(clause, language))]
        at = number - len(headings)  # what comes before and after may tell that it was long ago
        around = " ".join((sentence, *body[max(0, at - 1) : max(0, at) + 2]))
        if kinds and not language.past.search(around) and not language.quoting.search(bare):
            yield from (LifeEvent(kind, sentence, kind in HARD) for kind in kinds)


def _own_sentences(text: str) -> list[str]:
    """The first sentences of a text, without lines that are quoted from others."""
    own = "\n".join(line for line in text[:_READ].split("\n") if not line.lstrip().startswith(">"))
    return sentences(own)[:_SENTENCES]


def _kind(clause: str, language: _Language) -> str | None:
    """What the clause tells; nothing where it doubts, denies or supposes."""
    clause = clause.replace("’", "'").strip(" ,.!…:–—-")
    for kind, pattern in language.events:
        match = pattern.search(clause)
        if match:
            doubted = language.unsure.search(clause, 0, match.end() if kind in HARD else len(clause))
            return None if doubted else kind
    return None


_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|»[^«]*«|«[^»]*»|(?<!\w)['‘][^'’]{3,}['’](?!\w)")
_CLAUSE = re.compile(r"[,;:(–—]\s+(?:and |but |und |aber )?(?=(?:I|my|we|our|ich|wir|mein|unser)\w*\b)", re.IGNORECASE)

# English. A pattern is met from the beginning of a clause, after words that only set the day or the mood.
_LEAD = (
    r"^(?:(?:so|and|but|well|hello|hi|yes|today|yesterday|tonight|now|finally|sadly|after [\w ]{3,40}(?=,)|(?:on|"
    r"since|this|last|next) "
    r"(?:week|month|year|morning|night|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|starting \w+|"
    r"(?:big |some |personal |life )?(?:news|update)|it is (?:official|done)|it's official|as of today|(?:in|since) "
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)|"
    r"(?:two|three|four|a few) (?:days|weeks) ago|a (?:week|month) ago),? )*"
)
_GLAD = (
    r"(?:(?:I'm|I am|we're|we are) (?:(?:so|very|really|beyond|absolutely|more than) )?(?:happy|thrilled|excited|"
    r"proud|delighted|pleased|honou?red|glad) (?:to (?:share|announce|say|tell you|report|let you know) )?(?:that )?)?"
)
_SAD = (
    r"(?:(?:I'm|I am|we're|we are) (?:so |very )?(?:sad|heartbroken|devastated|sorry) (?:to (?:share|say|tell you) "
    r")?(?:that )?)?"
)
_NOW = r"(?:(?:just|now|finally|officially|recently|also) )*"
_I = rf"{_LEAD}{_GLAD}"
_HAVE = rf"(?:I've|I have|I) {_NOW}"
_WE_HAVE = rf"(?:I've|I have|we've|we have|I|we) {_NOW}"
_KIN = (
    r"(?:(?:dear |beloved |wonderful |only |little |older |younger |big )?(?:(?:grand|step)?(?:father|mother|dad|mum|"
    r"mom|son|daughter)(?:-in-law)?|"
    r"husband|wife|partner|brother|sister|twin|child|baby|grandma|grandpa|best friend|parents|uncle|aunt))"
)
_NAME = r"(?:the )?[A-Z][\w&.-]++"  # of a firm or a meeting: it stands with a capital
_NO_FIRM = (
    r"(?!(?:Mastodon|Twitter|X|Bluesky|Facebook|Instagram|Threads|LinkedIn|Git[Hh]ub|Slack|Discord|Reddit|TikTok|"
    r"YouTube|Patreon|Medium|Substack|Zoom|Netflix|Signal|Telegram|WhatsApp|Spotify|Us|In|On)\b)"
)
_NO_GUEST = (  # `I joined Grace on her podcast`
    r"(?:,? (?:and )?(?-i:[A-Z])[\w&.-]++)*+(?! (?:on (?:her|his|their|the|stage|a|an)\b|for (?:a|an|the|lunch|"
    r"coffee|dinner|some)\b|"
    r"in (?:the|her|his|a|conversation|discussing)\b|to (?:talk|discuss|speak)\b|and (?:others|friends)\b|[0-9]+ "
    r"years))"
)
_STAGE = (
    r"(?:(?:[\w'-]+ ){0,3}(?:conference|summit|meetup|congress|festival|symposium|workshop)|(?-i:[A-Z]\w*(?:[A-Z]\w*|"
    r"Conf|Con|Camp|Days?)\b))"
)
_JOB = r"(?:a |my |the )?(?:new|dream) (?:job|role|position|gig)"
_JOB_END = r"(?= (?:as|at|with|in (?-i:[A-Z])|next|this|on \w+day|today|last)\b|$)"
_THING = r"(?:my|our|an?)? ?(?:(?:new|first|own|little|small|free) )*"
_PRODUCT = (
    r"(?:app|newsletter|podcast|company|startup|product|project|website|site|course|magazine|shop|studio|library|"
    r"tool|journal|beta)"
)
_FIRM = r"(?:company|business|firm|startup|agency|newsletter|podcast|studio|magazine|shop|journal|practice)"
_NAMED = (  # a thing of one's own, by its name; of its versions only the great ones
    r"(?-i:(?!Ins\b|The\b|An?\b)[A-Z]\w{2,})(?=,| today|$| [0-9]+\.0(?![.0-9]*[1-9])|[.!])"
)
_ENGLISH_EVENTS = (
    ("bereavement", rf"{_LEAD}{_SAD}(?:(?:my|our) {_KIN}|(?-i:Dad|Mum|Mom)) (?:(?:has|have|had|just|suddenly|"
                    rf"peacefully|unexpectedly) )*"
                    r"(?:died|passed away|has died|passed on)(?! (?:laughing|of (?:laughter|boredom|embarrassment|"
                    r"shame)))\b"),
    ("bereavement", rf"{_LEAD}{_SAD}(?:(?:I|we)(?:'ve| have)? (?:just )?lost (?:my|our) {_KIN})\b(?!'s|-)"
                    rf"(?! (?:in (?:the|crime)|at chess|figure)\b)"),
    ("illness", rf"{_LEAD}(?:I've|I have|I) (?:(?:just|recently|now) )*(?:been|was|got) diagnosed with (?:\w+ ){{0,3}}"
                r"(?:cancer|tumou?r|leuk\w+|lymphoma|als|ms|multiple sclerosis|parkinson\S*|diabetes|depression|"
                r"melanoma|lupus)"),
    ("illness", rf"{_LEAD}(?:I have|I've got|I've) (?:\w+ )?cancer$|{_LEAD}(?:I have|I've got) (?:\w+ )?cancer[.,; ]"),
    ("illness", rf"{_LEAD}(?:I'm|I am|I have been|I've been) (?:very|seriously|gravely|quite) ill\b(?! at ease)"),
    ("illness", rf"{_LEAD}(?:I'm|I am) (?:back )?in (?:the )?hospital\b(?! (?:software|business|management))"),
    ("illness", rf"{_LEAD}(?:I've|I have|I) (?:just )?(?:had|suffered) a (?:mild |minor |major )?(?:stroke|heart "
                rf"attack)(?! (?:of|when|at|because|reading|seeing|just))\b"),
    ("illness", rf"{_LEAD}(?:I|I've|I have) (?:(?:just|recently) )*(?:broke|broken|fractured) my (?:(?:left|right) )?"
                r"(?:hip|leg|arm|ankle|wrist|collar-?bone|foot|shoulder|elbow|knee|ribs?|pelvis|jaw|hand)\b(?!-|'s| in "
                r"(?:the )?(?:game|story|dream))"),
    ("illness", rf"{_LEAD}(?:I (?:just |recently )?(?:had|underwent)|I'm having|I am having|I'm recovering from|I am "
                r"recovering from) (?:(?:an?|major|minor|heart|knee|hip|eye|back|brain|emergency|open-heart|serious|"
                r"spinal|my) )*(?:surgery|operation)\b(?! (?:running|theatre|room|manual|in (?-i:[A-Z])|on my "
                r"(?:laptop|phone|keyboard|bike|car|code))|-)"),
    ("illness", rf"{_LEAD}(?:I'll|I will|I'm going to|I am going to) be in (?:the )?hospital (?:until|till|for "
                rf"(?:a|the|"
                r"some|two|three|four|several)|from|next|this)\b"),
    ("job-loss", rf"{_LEAD}(?:I was|I've been|I have been|I got|I am being|I'm being|my (?:job|position|role) was) "
                 rf"{_NOW}(?:laid off|let go(?! (?:of|by))|made redundant|sacked|fired(?! up)|eliminated)\b"),
    ("job-loss", rf"{_LEAD}(?:I've|I have|I) {_NOW}lost my job\b"),
    ("new-job", rf"{_I}(?:{_HAVE}joined|(?:I'm|I am|I'll be|I will be) {_NOW}joining) "
                rf"(?-i:{_NO_FIRM}{_NAME}){_NO_GUEST}"),
    ("new-job", rf"{_I}(?:today was |today is |tomorrow is |it was )?my first day at (?-i:{_NAME})"),
    ("new-job", rf"{_I}(?:{_HAVE}(?:started|begun|accepted|got|landed|found|taken)|(?:I'm|I am|I'll be) "
                rf"{_NOW}(?:starting|taking)|I start) (?:{_JOB}|a (?:job|position|role)(?= (?:at|with)\b)){_JOB_END}"),
    ("promotion", rf"{_I}(?:I was|I've been|I have been|I got) {_NOW}promoted to (?:(?:an?|the) )?(?:[\w-]+ ){{0,3}}"
                  r"(?:director|head|lead|manager|professor|lecturer|principal|partner|chief|editor|captain|president|"
                  r"(?:senior|staff) [\w-]+|engineer|architect|designer|developer|researcher|librarian|supervisor|"
                  r"sergeant|curator|consultant|analyst|scientist|(?-i:C[A-Z]O|VP))\b(?! of the (?:raid|guild|game))"),
    ("birth", rf"{_I}(?:our|my) (?:(?:first|second|third|little|baby) )*(?:daughter|son|baby|child|twins|girl|boy) "
              rf"(?:(?-i:[A-Z])[\w-]+ )?(?:(?:was|were|has been|have been) {_NOW}born)"
              r"(?! (?:in (?:the|a) (?:war|crisis)|to (?:be|run)|with|deaf|blind|out of)\b)"),
    ("birth", rf"{_I}our (?:baby|twins) (?:is|are|has|have) {_NOW}(?:here|arrived)$"),
    ("birth", rf"{_I}(?:I|we) (?:just )?(?:became|are now|have become) (?:parents|a (?:father|mother|dad|mum|mom))\b$"),
    ("wedding", rf"{_I}we (?:have |just |finally )*(?:got married|were married(?= (?:today|yesterday|on|last|this)\b)|"
                r"are (?:just|now|finally|officially) married)\b(?! (?:to (?:the|an?)|with|in (?:the )?(?:game|"
                r"dream))\b)"),
    ("wedding", rf"{_I}I {_NOW}got married\b(?! (?:to (?:the|an?) (?:idea|framework|tool|job))\b)"),
    ("book", rf"{_I}my (?:(?:new|first|second|third|latest|debut) )*(?:book|novel|memoir) (?:has |just "
             rf")*(?:found|got) an? "
             rf"(?:[\w-]+ )?publisher\b"),
    ("book", rf"{_I}{_HAVE}(?:found|got|signed with) an? publisher for my (?:(?:new|first|second|third) "
             rf")*(?:book|novel|"
             rf"memoir)\b"),
    ("launch", rf"{_I}{_WE_HAVE}(?:(?:launched|released) {_THING}{_PRODUCT}|(?:founded|started|opened) "
               rf"{_THING}{_FIRM})\b(?! (?:to|on) (?:production|staging|my))"),
    ("launch", rf"{_I}(?:I'm|I am|we're|we are) {_NOW}(?:(?:launching|releasing) {_THING}{_PRODUCT}|"
               rf"(?:starting|founding|opening) {_THING}{_FIRM})\b"),
    ("launch", rf"{_I}(?:(?:I've|I have|we've|we have|we) {_NOW}|I (?:just|finally|officially|today) )(?:launched|"
               rf"released) {_NAMED}"),
    ("launch", rf"{_I}(?:I'm|I am|we're|we are) {_NOW}(?:launching|releasing) {_NAMED}"),
    ("launch", rf"{_I}(?:I'm|I am|we're|we are|we have|we) {_NOW}(?:releasing|released|launching) version [0-9.]+ of "
               rf"(?-i:[A-Z]\w+)"),
    ("launch", r"^we(?:'ve| have)? (?:just )?launched$"),
    ("talk", rf"{_I}(?:I'm|I am|I'll be|I will be) {_NOW}(?:speaking|(?:giving|doing) (?:a|the|my|another) (?:[\w-]+ "
             rf")?(?:talk|keynote|workshop)|keynoting) at (?:the )?{_STAGE}"),
    ("talk", rf"{_I}{_HAVE}(?:gave|given) (?:a|the|my) (?:\w+ )?(?:talk|keynote) at (?:the )?{_STAGE}"),
    ("talk", rf"{_I}my (?:talk|keynote|proposal)(?: \w+){{0,4}} (?:was|has been|got|is) accepted\b"),
    ("award", rf"{_I}{_WE_HAVE}(?:won|received|been given) (?:an?|the|this year's) (?:[\w'-]+ ){{0,4}}(?:award|prize|"
              rf"medal|fellowship)\b(?!-)"),
    ("award", rf"{_I}(?:my|our) (?:[\w-]+ )?(?:{_PRODUCT}|book|talk|paper|team) (?:has |just )*won (?:an?|the) "
              rf"(?:[\w'-]+ ){{0,4}}(?:award|prize)\b"),
    ("award", rf"{_I}(?:I was|I've been|I have been|we were|we've been|we have been) {_NOW}(?:awarded (?:an?|the) "
              rf"(?:[\w'-]+ ){{0,4}}"
              r"(?:award|prize|medal|grant|fellowship)|(?:named|elected) (?:an? )?(?:[\w-]+ )?fellow)\b"),
    ("book", rf"{_I}my (?:(?:new|first|second|third|latest|debut) )*(?:book|novel|memoir) (?:is|is finally|is now|"
             rf"has been|came|comes|will be) "
             rf"{_NOW}(?:out|published|available|in (?:the )?(?:shops|bookshops|stores))\b(?! of)"),
    ("book", rf"{_I}{_HAVE}(?:published|written|wrote) (?:a|my) (?:(?:new|first|second|third) )*(?:book|novel|"
             rf"memoir)\b(?![-'] ?| (?:review|report|proposal|list|chapter|club|tag))"),
    ("anniversary", rf"{_LEAD}(?:[\w-]+ years ago today) I (?:started|joined|began|founded|wrote the first|left|"
                    rf"moved|opened|launched)\b"),
    ("anniversary", rf"{_LEAD}(?:today )?(?:marks|is) my (?:\w+ )(?:work )?anniversary (?:at|with|of)\b"),
    ("anniversary", rf"{_LEAD}(?:I've|I have) (?:now )?been (?:at|with) (?-i:{_NAME}) for (?:exactly )?[\w-]+ "
                    rf"years\b(?=$| today)"),
)  # fmt: skip
_MONTH_DE = r"(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)"
_WEEKDAY_DE = r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)"
_KIN_DE = (
    r"(?:(?:liebe[rn]?|geliebte[rn]?|beste[rn]?|kleine[rn]?|große[rn]?) )?(?:(?:groß|schwieger|stief)?(?:vaters?|"
    r"mutter|eltern|sohn|tochter)|papa|mama|opa|oma|mann|"
    r"frau|partner(?:in)?|bruder|schwester|kind|freund|freundin|zwillingsbruder|zwillingsschwester|onkel|tante)"
)
_TIME_DE = (
    rf"(?:(?:heute|gestern|vorgestern|nun|jetzt|gerade|soeben|endlich|leider|plötzlich|unerwartet|letzte (?:nacht|"
    rf"woche)|"
    rf"(?:am|letzten) {_WEEKDAY_DE}|seit {_WEEKDAY_DE}|nächste woche|im {_MONTH_DE}|seit heute|ab heute|vor (?:zwei|"
    rf"drei|einigen|wenigen) (?:tagen|wochen)|"
    r"vor einer woche|nach (?:langer|kurzer|schwerer) (?:schwerer )?krankheit) )*"
)
_I_DE = r"(?:ich habe|habe ich|wir haben|haben wir)"
_FIRM_DE = r"(?-i:[A-ZÄÖÜ][\w&.-]+)"
_STAGE_DE = (
    r"(?:auf|bei|an) (?:de[rmn] )?(?:(?-i:[A-ZÄÖÜ]\w*(?:[A-Z]\w*|[Kk]onferenz|Conf|Con|Camp|[Tt]agung|[Kk]ongress)\b))"
)
_GERMAN_EVENTS = (
    ("bereavement", rf"^{_TIME_DE}(?:(?:ist|sind) )?(?:meine?|unsere?) {_KIN_DE} (?:(?:ist|sind) "
                    rf")?{_TIME_DE}(?:gestorben|verstorben)$"),
    ("bereavement", rf"^{_TIME_DE}{_I_DE} {_TIME_DE}(?:meine[n]?|unsere[n]?) {_KIN_DE} {_TIME_DE}verloren$"),
    ("illness", rf"^{_TIME_DE}(?:ich habe|habe ich) (?:\w*krebs|einen Schlaganfall gehabt|einen Herzinfarkt gehabt)$"),
    ("illness", r"^bei mir (?:wurde|ist) (?:\w+ )?(?:\w*krebs|leukämie|ein (?:\w+ )?tumor|multiple sklerose|eine "
                r"depression) (?:diagnostiziert|festgestellt|gefunden)(?: worden)?$"),
    ("illness", rf"^{_TIME_DE}(?:ich liege|liege ich|ich bin|bin ich) (?:seit [\w ]{{3,20}} )?{_TIME_DE}im "
                rf"Krankenhaus\b"),
    ("illness", rf"^{_TIME_DE}(?:ich bin|bin ich) (?:schwer|ernsthaft|sehr) (?:krank|erkrankt)$"),
    ("illness", rf"^{_TIME_DE}(?:ich habe|habe ich) mir {_TIME_DE}(?:auf dem Eis |beim \w+ )?(?:die|das|den|ein|"
                rf"einen|eine|"
                r"zwei) (?:(?:linke|rechte)[ns]? )?(?:Hüfte|\w*Bein|\w*Arm|Knöchel|Handgelenk|Schlüsselbein|Fuß|"
                r"Schulter|"
                r"Rippen?|Knie|Becken|Hand|Ellbogen|Kiefer) gebrochen(?: und .{3,80})?$"),
    ("illness", rf"^{_TIME_DE}(?:ich wurde|wurde ich|ich bin|bin ich) {_TIME_DE}(?:am (?-i:[A-ZÄÖÜ])\w+ )?operiert"
                r"(?: worden)?$"),
    ("illness", rf"^{_TIME_DE}(?:ich hatte|hatte ich) {_TIME_DE}eine (?:schwere |große )?(?:\w+-)?(?:Operation|OP)$"),
    ("illness", rf"^{_TIME_DE}(?:ich muss|muss ich|ich werde|werde ich|ich bleibe|bleibe ich) {_TIME_DE}(?:bis "
                rf"\w+ |noch "
                r"\w+ \w+ )?im Krankenhaus (?:liegen|bleiben|bis \w+)\b"),
    ("job-loss", rf"^{_TIME_DE}(?:mir wurde|wurde mir) {_TIME_DE}gekündigt$|^{_TIME_DE}(?:ich wurde|wurde ich) "
                 rf"{_TIME_DE}entlassen$"),
    ("job-loss", rf"^{_TIME_DE}(?:ich habe|habe ich) {_TIME_DE}meine[n]? (?:Job|Stelle|Arbeit|Arbeitsplatz) "
                 rf"{_TIME_DE}verloren$"),
    ("new-job", rf"^{_TIME_DE}(?:ich habe|habe ich) {_TIME_DE}(?:eine neue Stelle|einen neuen Job|meine neue "
                rf"Stelle)(?: (?:bei|als) [\w ]{{2,40}})?(?: (?:angetreten|angenommen|begonnen|gefunden))?$"),
    ("new-job", rf"^(?:heute (?:war|ist) |gestern war )?mein erster (?:arbeits)?tag bei {_FIRM_DE}"),
    ("new-job", rf"^(?:seit (?:{_WEEKDAY_DE}|heute|dieser Woche|gestern)|ab (?:heute|morgen|{_WEEKDAY_DE})) arbeite "
                rf"ich (?:bei|als|für)\b"),
    ("new-job", rf"^{_TIME_DE}(?:ich wechsle|wechsle ich|ich wechsele) {_TIME_DE}zu {_FIRM_DE}"),
    ("new-job", rf"^{_TIME_DE}(?:ich fange|fange ich) {_TIME_DE}bei {_FIRM_DE} (?:\w+ )?an$"),
    ("promotion", rf"^{_TIME_DE}(?:ich wurde|wurde ich|ich bin|bin ich) {_TIME_DE}(?:zu[rm] (?-i:[A-ZÄÖÜ])[\w-]+ )?"
                  rf"{_TIME_DE}befördert(?: worden)?$"),
    ("birth", rf"^{_TIME_DE}(?:(?:ist|sind) )?(?:unsere?|meine?) (?:(?:erste|zweite|dritte|kleine)[rs]? "
              rf")?(?:Tochter|Sohn|"
              rf"Baby|Kind|Zwillinge) (?:(?:ist|sind|wurde|wurden) )?{_TIME_DE}(?:geboren|zur Welt gekommen|auf "
              rf"die Welt "
              rf"gekommen)(?: worden)?$"),
    ("birth", rf"^{_TIME_DE}(?:wir sind|sind wir) {_TIME_DE}Eltern geworden$|^{_TIME_DE}(?:ich bin|bin ich) "
              rf"{_TIME_DE}(?:Vater|Mutter) geworden$"),
    ("wedding", rf"^{_TIME_DE}(?:wir haben|haben wir|ich habe|habe ich) {_TIME_DE}geheiratet$"),
    ("book", rf"^{_TIME_DE}(?:hat )?mein (?:(?:neues|erstes|zweites) )?(?:buch|roman) (?:hat )?{_TIME_DE}einen "
             rf"(?:\w+ )?Verlag(?: gefunden)?$"),
    ("launch", rf"^{_TIME_DE}{_I_DE} {_TIME_DE}(?-i:[A-ZÄÖÜ]\w{{2,}})(?: [0-9.]+)? (?:veröffentlicht|gestartet)\b"),
    ("launch", rf"^{_TIME_DE}{_I_DE} {_TIME_DE}(?:eine (?:eigene )?Firma|ein (?:eigenes )?Unternehmen|einen Verlag|"
               rf"einen Verein) gegründet$"),
    ("talk", rf"^{_TIME_DE}(?:ich spreche|spreche ich) {_TIME_DE}{_STAGE_DE}"),
    ("talk", rf"^{_TIME_DE}(?:ich halte|halte ich) {_TIME_DE}(?:einen|den|meinen) (?:\w+ )?(?:vortrag|keynote|"
             rf"eröffnungsvortrag) {_STAGE_DE}"),
    ("award", rf"^{_TIME_DE}{_I_DE} {_TIME_DE}(?:den|einen) (?-i:[A-ZÄÖÜ])[\w-]*preis(?: \w+){{0,3}} (?:gewonnen|"
              rf"bekommen|erhalten)$"),
    ("award", rf"^{_TIME_DE}(?:wir wurden|ich wurde|wurde ich|wurden wir) {_TIME_DE}mit (?:dem|einem) [\w-]*preis(?: "
              rf"\w+){{0,3}} ausgezeichnet$"),
    ("book", rf"^{_TIME_DE}(?:(?:ist|erscheint) )?mein (?:(?:neues|erstes|zweites) )?(?:buch|roman) (?:(?:ist|"
             rf"erscheint) )?{_TIME_DE}(?:erschienen|da|im handel|$)"),
    ("anniversary", r"^heute vor [\w-]+ jahren (?:habe|bin) ich (?:.{2,40} )?(?:angefangen|begonnen|gegründet|"
                    r"gestartet|eingestiegen)$"),
)  # fmt: skip


_GRIEVED = 1500  # characters of a text that are searched for sorrow
_SORROW = re.compile(
    r"\b(?:hospital(?! (?:software|it|management|administration|system)s?)|hospitali[sz]ed|hospice|surger(?:y|ies)|"
    r"intensive care|chemo(?:therapy)?|radiotherapy|leuka?emia|lymphoma|cancer|brain tumou?r|"
    r"(?:terminally|seriously|gravely|critically|very) ill|diagnosed with|funerals?|burial|obituar(?:y|ies)|eulogy|"
    r"memorial service|miscarriages?(?! of justice)|miscarried|still-?birth|stillborn|suicide|divorc(?:es?|ed|ing)|"
    r"bereave(?:d|ment)|mourn(?:s|ed|ing|ers?)|grie(?:f|ving|ved)|condolences|passed away|rest in peace|"
    r"in (?:loving )?memory of|widow(?:ed|er)|"
    rf"lost (?:my|our|her|his|their) (?:\w+ )?{_KIN}\b(?!'s)|death of (?:my|our|her|his|their|an?) (?:\w+ )?{_KIN}|"
    rf"{_KIN} (?:(?:has|have|had|just|suddenly|recently) )*(?:died|dies|is dying|is dead)|"
    r"krankenh(?:aus|äuser)\w*|intensivstation|hospiz|\w*krebs|chemotherapie|beerdigung\w*|beisetzung|"
    r"trauer(?:feier|fall|rede|zeit|nd|t|n)?|todesfall|nachruf|fehlgeburt\w*|totgeburt|scheidung|verstorben\w*|beileid|"
    r"schwer (?:krank|erkrankt)|verwitwet|witwer?|unheilbar|todkrank|"
    rf"{_KIN_DE} (?:\w+ ){{0,4}}gestorben|(?:wurde|werde|wird|bin) (?:\w+ ){{0,3}}operiert)\b",
    re.IGNORECASE,
)
_NO_SORROW = re.compile(  # what machines and sayings have of it; taken out before the search
    r"\bgrief (?:of|from|with|over) (?:the |a |our |my )?(?:\w+ )?(?:builds?|ci|tests?|compiler|deploy\w*|code|"
    r"linker|yaml|"
    r"merge|pipeline|release|config\w*)\b|\bgood grief\b|"
    r"\b(?:came|come|comes|coming) to grief\b|\b(?:gave|gives?|giving|cause[sd]?) (?:me|us|you) (?:\w+ )?grief\b|"
    r"\bdivorced? (?:from )?(?:reality|context|the (?:data|model|code|view|ui|implementation|interface))\b|"
    r"\bdiagnosed with (?:a )?(?:logs?|tracing|perf|strace|gdb|profil\w+|optimism|optimization)\b|"
    r"\bwidows? and orphans\b|\borphans? and widows?\b|\b(?:shotgun|commit|git|history|code|robot) surgery\b|"
    r"\bsurgery (?:on|of) (?:the |a |our |my )?(?:\w+ )?(?:code|"
    r"repo\w*|build|history|database|schema|api|monolith)\b|"
    r"\bfuneral (?:of|for) (?:the |a |our |my )?(?:\w+ )?(?:servers?|framework|browser|plugin|protocol|api|feature)\b|"
    r"\bcommit suicide\w* (?:process|worker|thread)\b|\bcancer (?:of|culture)\b|"
    r"\b(?:child|parent) (?:died|dies) (?:with|of|from|by|on) (?:an? )?(?:signal|exit|sig\w+|oom)",
    re.IGNORECASE,
)


def touches_grief(title: str, text: str) -> bool:
    """Whether an entry, whoever it is about, tells of illness, death, divorce or loss: nothing to smile at."""
    words = _NO_SORROW.sub(" ", f"{title[:_LONGEST]}\n{text[:_GRIEVED]}".replace("’", "'"))
    return _SORROW.search(words) is not None


@cache  # that many patterns take a moment to read: only where there is something to look at
def _language(name: str) -> _Language:
    events, unsure, past, quoting = _LANGUAGES[name]
    return _Language(
        tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in events),
        re.compile(unsure, re.IGNORECASE),
        re.compile(past, re.IGNORECASE),
        re.compile(quoting, re.IGNORECASE),
    )


_YEAR = (
    r"\b(?:1[89][0-9]{2}|20[01][0-9])\b|\b(?:in|im|since|seit|of|early|late|spring|summer|autumn|fall|winter|"
    r"frühjahr|sommer|herbst|(?-i:[A-ZÄÖÜ])\w+[lhyrti]) 20[0-9]{2}\b"
)
_LANGUAGES: Mapping[str, tuple[_Events, str, str, str]] = {
    "en": (
        _ENGLISH_EVENTS,
        r"\b(?:not|never|no longer|nobody|if|unless|whether|when I|would|could|might|maybe|perhaps|almost|nearly|"
        r"hope|wish|imagine|suppose|pretend\w*|dream(?:t|ed)|joke|afraid|someday|one day|tables?|data|datasets?|"
        r"mailing list|meeting)\b|n't\b",
        rf"{_YEAR}|\bwhen (?:I|he|she|we) (?:was|were)\b|\byears? (?:ago(?! today)|later|earlier|before)\b|"
        rf"\bdecades? ago\b|\b(?:once|back then|used to|as a child|as a kid|in those days|at the time)\b"
        r"|\bI was (?:only |just )?(?:four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|[0-9]{1,2})\b",
        r"^(?:Q|A|Question|Answer|Interviewer)\s*:|“” (?:she|he|they|said|says|the|asked)\b|\b(?:she|he|they|who|"
        r"\w+er) (?:said|says|wrote|told)\b"
        r"|\b(?:told|tells?|says|said|asks?|writes|wrote|called|titled|goes)\b[^:]{0,40}:"
        r"|\b(?:said|says|replied|asked|thought|whispered) (?:the|a|he|she|they|(?-i:[A-Z]\w+))\b|\b(?:narrator|in "
        r"(?:this|the|a|our) (?:novel|story|film|movie|play|game|dream))\b",
    ),
    "de": (
        _GERMAN_EVENTS,
        r"\b(?:nicht|kein\w*|nie|niemals|wenn|falls|ob|würde\w*|könnte\w*|vielleicht|beinahe|fast|hoffentlich|"
        r"angenommen,)\b",
        rf"{_YEAR}|\bals ich\b|(?<!heute )\bvor (?:\w+ )?jahren\b|\bdamals\b|\bfrüher\b|\beinst\b",
        r"\b(?:sagte|schrieb|sagt|schreibt|erzählte|titelt|roman(?! (?:ist|erscheint)))\b",
    ),
}
