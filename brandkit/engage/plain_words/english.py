"""What an English line says with which words. A clause comes with `she is` for `she's`, and `she` for a name."""

from __future__ import annotations

import re

from brandkit.engage.plain_words.heard import By, Kind, Language

_ME = r"(?:(?:I|we) )"
_THEM = r"(?:(?:she|he|they|both) )"
_NOW = r"(?:(?:is|are|has|have|just|now|also|still|currently|really|urgently|badly|desperately|very|quite|always) )*"
_OF_THEM = r"(?:her|his|their)"
_KIN = (
    r"(?:(?:step|grand|god)?-?(?:father|mother|dad|mum|mom|son|daughter|child|parents?)(?:-in-law)?|"
    r"grandma|grandpa|gran|husband|wife|partner|boyfriend|girlfriend|spouse|brother|sister|twin|uncle|aunt|cousin|"
    r"niece|nephew|(?:best |close )?friend|dog|cat|baby|family)"
)
_LIKE = (
    r"(?:(?:a|an|the|our|my|first|second|long|short|quick|brief|good|great|nice|lovely|late|early|little|weekly|"
    r"monthly) )*"
)
_MY = rf"^(?:(?:I|we) )?(?:(?:have|had|just|also|finally|briefly|then|both) )*{_LIKE}"
_LIKE_START = rf"^{_LIKE}"
_DATIVE = r"(?:him|her|them|you|everyone|both)"
_VERBS = (
    r"(?:send|share|forward|introduce|give|write|call|ring|phone|bring|review|read|look (?:into|for|at|up)|check|ask|"
    r"help|"
    r"mail|email|text|message|prepare|put|connect|pass|let|ping|invite|organi[sz]e|order|pay|show|draft|finish|fix|"
    r"lend|return|follow up|come back|get back|get|tell|drop|post|find out|talk to|speak to|recommend|refer|confirm|"
    r"set up|arrange|answer|reply|call back|hand|print|deliver|submit|contact|schedule|translate|proofread|update|sign|"
    r"pick up|look after|chase|remind|collect|test|report|edit|mention|nominate|vouch)"
)
_TO_ME = r"(?:send|share|forward|give|write|call|ring|bring|introduce|mail|email|text|show|lend|tell|get|pass|let|ping|"
_TO_ME += r"invite|connect|help|review|read|check|ask|recommend|refer|put|hand|drop|remind|answer|pay|return|get back)"


def _kind(pattern: str, type_: str, direction: str | None) -> Kind:
    return Kind(re.compile(pattern, re.IGNORECASE), type_, direction)


def _all(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_KINDS = (
    _kind(rf"^{_THEM}?(?:(?:has|have|is|are|kindly|also|just|now|then|finally|always|keeps|been) )*(?:refer(?:s|"
          rf"red|ring)?|"
          rf"recommend(?:s|ed|ing)?) (?:me|us)\b(?! (?:an?|the|this|that|some|two|three)\b| to (?:{_VERBS}|use|try|go|"
          r"take|start|stop|learn|visit|apply|watch|wait|see)\b)", "referral", "received"),
    _kind(rf"^{_THEM}?(?:(?:has|have|kindly|also|just|finally) )*(?:sent|gave|given|passed) (?:me|us) (?:\w+ ){{0,2}}"
          r"referrals?\b", "referral", "received"),
    _kind(rf"{_MY}(?:referred|recommended) (?:{_DATIVE}|she)\b", "referral", "gave"),
    _kind(r"^(?:(?:she|he|they) )?(?:gave|sent) (?:me|us) (?:\w+ ){0,3}feedback", "feedback", "received"),
    _kind(r"^(?:(?:\w+ ){0,2}feedback from )", "feedback", "received"),
    _kind(rf"{_MY}gave {_DATIVE} (?:\w+ ){{0,3}}feedback", "feedback", "gave"),
    _kind(r"^(?:she|he|they) (?:also )?(?:helped|supported) (?:me|us)\b", "favour", "received"),
    _kind(r"^(?:helped|supported) (?:me|us)\b", "favour", "received"),
    _kind(r"^(?:(?:she|he|they) )?did (?:me|us) a favou?r", "favour", "received"),
    _kind(r"^(?:(?:she|he|they) )?introduced (?:me|us) to\b", "favour", "received"),
    _kind(r"^(?:(?:she|he|they) )?(?:promoted|boosted|shared|reposted|mentioned|featured|quoted|linked(?: to)?) "
          r"(?:(?:my|our)\b|(?:me|us) (?:in|on)\b)", "promotion", "received"),
    _kind(r"^(?:(?:she|he|they) )?(?:replied|answered|wrote back)\b", "replied", "mutual"),
    _kind(rf"{_MY}(?:sent|gave|offered|expressed) (?:{_DATIVE} )?(?:my |our )?condolences|^condolences", "stand-by",
          "gave"),
    _kind(rf"{_MY}(?:sent|gave|brought) {_DATIVE} (?:a |some )?(?:gift|present|flowers)|^gift\b", "gift", "gave"),
    _kind(r"^(?:she|he|they) (?:called|phoned|rang)\b", "call", "mutual"),
    _kind(r"^(?:she|he|they) (?:(?:finally|kindly|then|just|also|has|have|already) )*(?:wrote(?! (?:an?|her|"
          r"his) (?:\w+ )?(?:book|novel|thesis|paper)\b)|emailed|mailed|texted|"
          r"messaged|sent|asked|told|left (?:me|us) (?:a|another) (?:\w+ )?message)\b", "message", "received"),
    _kind(r"^(?:(?:finally|kindly) )*(?:sent|wrote|emailed|mailed|texted|messaged|asked|told)(?: to)? (?:me|us)\b",
          "message", "received"),
    _kind(rf"{_LIKE_START}(?:e-?mail|mail|message|letter|postcard|note|text) from\b", "message", "received"),
    _kind(rf"{_MY}asked (?:(?:{_DATIVE}|she) )?(?:how (?!to\b|I\b|we\b|much\b|many\b)|after (?:her|his|their)\b)",
          "message", "gave"),
    _kind(rf"{_MY}left (?:{_DATIVE} |she )?(?:an? )?(?:\w+ )?(?:message|note|voicemail)\b", "message", "gave"),
    _kind(r"^(?:she|he|they) thanked (?:me|us)\b|^thanked (?:me|us)\b", "message", "received"),
    _kind(rf"{_MY}(?:mentoring |coaching )?session\b", "session", "mutual"),
    _kind(rf"{_MY}(?:called|phoned|rang|spoke|talked|chatted|(?:video |zoom |phone |conference )?call)\b(?! (?:for "
          rf"papers|off))",
          "call", "mutual"),
    _kind(rf"{_MY}(?:met(?! with (?:resistance|silence))|meeting|lunch|brunch|coffee|dinner|supper|breakfast|"
          rf"drinks?|beers?|"
          rf"tea|walk|chat|conversation|ran into|bumped into|caught up|catch-up|visited|had (?:lunch|coffee|"
          rf"dinner|supper|"
          r"breakfast|tea|drinks|a beer))\b",
          "meeting", "mutual"),
    _kind(rf"{_MY}(?:congratulated|congratulations)\b", "congratulate", "gave"),
    _kind(rf"{_MY}(?:thanked|said thanks|said thank you)\b", "thank", "gave"),
    _kind(rf"{_MY}(?:helped|introduced {_DATIVE} to)\b", "help", "gave"),
    _kind(rf"{_MY}offered\b", "offer", "gave"),
    _kind(rf"{_MY}asked\b", "ask", "asked"),
    _kind(rf"{_MY}shared\b", "share", "gave"),
    _kind(rf"{_MY}(?:wrote(?! (?:an?|the|her|his|their) (?:\w+ )?(?:book|novel|paper|thesis|post|article|talk|"
          rf"story)\b)|"
          rf"mailed|emailed|texted|messaged|sent|(?:e-?mail|mail|message|letter|postcard)(?! (?:address|is|was)\b))"
          r"(?![\w-])", "message", "gave"),
)  # fmt: skip
_BE = r"(?:is|are|was|were|has been|have been|got|been)"
_THEY_ARE = (
    rf"^{_THEM}?(?:just |recently |now )*{_BE} (?:just |recently |now |again |seriously |very |quite |badly |rather )*"
)
_LIFE = (
    (rf"^{_OF_THEM} {_KIN} (?:has |have |just |had |suddenly )*(?:died|passed away|passed)\b", "bereavement"),
    (rf"^{_THEM}?(?:has |have |just |recently )*lost (?:{_OF_THEM} {_KIN}|(?:the|a) baby(?=$| (?:at|in|last|"
     rf"after)\b))\b(?!['’]s|-)", "bereavement"),
    (rf"^(?:{_THEM}?(?:has|have|had|suffered)(?: (?:had|suffered|just|recently))* )?(?:an? |another )?(?:miscarriage|"
     r"stillbirth)\b(?! of\b)", "bereavement"),
    (rf"^{_OF_THEM} {_KIN} is (?:dead|dying)\b|^{_THEM}?{_BE} (?:in mourning|grieving|widowed)\b", "bereavement"),
    (rf"{_THEY_ARE}(?:ill|sick(?! of)|unwell|hospitali[sz]ed|diagnosed with)\b", "illness"),
    (rf"{_THEY_ARE}(?:back )?in (?:the |an? )?hospital\b(?! (?:software|it|management|administration|"
     rf"planning)\b| for (?:an? "
     r"|the )?(?:meeting|talk|visit)\b)", "illness"),
    (r"^(?:back )?in (?:the |an? )?hospital(?=$| (?:until|till|since|again|with|after|for (?:the |her |his |an? "
     r")?(?:\w+ )?(?:days?|weeks?|months?|surgery|operation))\b)",
     "illness"),
    (rf"^{_THEM}?(?:(?:has|have|just|recently) )*(?:broke|broken|fractured) (?:her|his|their|an?) (?:(?:left|right) )?"
     r"(?:hip|leg|arm|ankle|wrist|collar-?bone|foot|shoulder|elbow|knee|ribs?|nose|hand|finger|toe|pelvis|jaw)\b",
     "illness"),
    (rf"^{_THEM}?(?:has had|had|is having|are having|needs|underwent|is recovering from|has to have) (?:(?:an?|major|"
     r"minor|heart|knee|hip|eye|back|brain|emergency|serious|her|his) )*(?:operation(?! (?:running|theatre|room|in)\b)|"
     r"surgery)\b", "illness"),
    (rf"^{_THEM}?(?:has|have|had) (?:breast |lung |skin )?(?:cancer|a stroke|a heart attack|a burnout|leuk\w+)\b",
     "illness"),
    (rf"^{_THEM}?{_BE} on sick leave\b|^{_THEM}?has (?:heart |major )?surgery\b", "illness"),
    (rf"{_THEY_ARE}(?:laid off|let go|fired|sacked|made redundant)\b", "job-loss"),
    (rf"^{_THEM}?(?:has |have |just |recently )*lost {_OF_THEM} job\b", "job-loss"),
    (r"^(?:she |he |they )?(?:is |are )?(?:going through|having|has|have) (?:a |an )?(?:very |really )?"
     r"(?:hard|difficult|rough|tough|bad) (?:time|divorce|separation|phase)", "hard-time"),
    (rf"^{_THEM}?(?:(?:is|are|has|have|just|now) )*(?:getting (?:an? )?divorced?|divorcing|filed for divorce|"
     r"splitting up|split up|separat(?:ing|ed)(?= from (?:her|his|their) (?:husband|wife|partner)\b|$))(?=$|[ ,])",
     "hard-time"),
    (rf"^{_OF_THEM} {_KIN} (?:is|are|was|has been) (?:(?:back|still|again|now|just|taken) )*(?:(?:in|into|to) (?:the )?"
     r"(?:hospital|intensive care)(?! \w+ware)|hospitali[sz]ed|(?:very|seriously|gravely|critically|terminally) (?:ill|"
     r"sick))\b", "hard-time"),
    (rf"^{_OF_THEM} {_KIN} (?:has|had|is having|has had) (?:(?:an?|breast|lung|heart|emergency) )*(?:cancer|stroke|"
     r"surgery|operation)\b", "hard-time"),
    (rf"{_THEY_ARE}(?:getting |going through a )?divorced?\b|^{_OF_THEM} marriage (?:ended|is over)", "hard-time"),
    (rf"^{_THEM}?(?:has |have |is |are |just |recently )*(?:started|starting|starts|got|found|begins|accepted) "
     r"(?:a |the |her |his |their )?(?:new )(?:job|role|position)\b(?! for)", "new-job"),
    (rf"^{_THEM}?(?:has |have |just |recently )*(?:joined|was hired by)\b"
     r"(?! (?:us|me|the (?:call|meeting|dinner|lunch))\b)", "new-job"),
    (rf"{_THEY_ARE}promoted\b(?! (?:by|on) )|^{_THEM}?(?:(?:has|have|just|recently|finally) )*(?:got|received) (?:a|"
     r"the|her|his) promotion\b", "promotion"),
    (rf"^{_THEM}?(?:(?:has|have|just|recently|finally) )*(?:got|gotten|are|is) (?:just |now |recently )?engaged"
     r"(?= to (?-i:[A-Z])| to be married|$)", "engagement"),
    (rf"^{_THEM}?(?:(?:is|are|now|just) )+(?:pregnant\b|expecting (?:an? (?:\w+ )?(?:baby|child|girl|boy)|twins|their|"
     r"her)\b)", "pregnancy"),
    (rf"^{_THEM}?(?:(?:has|have|just|recently|finally) )*(?:(?:finished|completed|defended|got|submitted) "
     rf"(?:her|his|their|"
     r"an?) (?:\w+ )?(?:Ph\.?D|doctorate|thesis|dissertation|degree|master['’]?s|bachelor['’]?s|studies|"
     r"apprenticeship)|"
     r"passed (?:her|his|their|the) (?:(?:final|bar|state|driving|board|last) )*(?:exams?|finals|viva|driving test)|"
     r"graduated)(?!\w)", "graduation"),
    (rf"^{_THEM}?(?:has |have |just )*(?:started (?:working )?at (?-i:[A-Z])|(?:became|is now) (?:the )?(?:new "
     rf")?(?:C[A-Z]O|head of|director|partner at|professor|team lead)\b)", "new-job"),
    (rf"^{_THEM}?(?:is|are) joining (?!us\b|me\b|the\b)", "new-job"),
    (rf"^{_THEM}?(?:has |have |just |recently )*(?:launched|founded|started (?:a|her own|his own|their own) "
     rf"(?:company|firm|business))\b",
     "launch"),
    (rf"^{_THEM}?(?:has |have |just |recently )*(?:won|received|got) (?:a|an|the) (?:[\w-]+ ){{0,3}}(?:award|prize|"
     rf"medal|grant)\b",
     "award"),
    (rf"^{_OF_THEM} (?:new |first |second |next )?book (?:is|came|comes|has come|was|will be) (?:just |finally "
     rf")?(?:out|published)\b",
     "book"),
    (rf"^{_THEM}?(?:has |have |just |recently )*published (?:a|her|his|their) (?:new |first |second )?book\b", "book"),
    (rf"^{_OF_THEM} (?:talk|proposal|paper) (?:was|got|has been|is) accepted\b", "talk"),
    (rf"^{_THEM}?(?:is|are|will be) (?:speaking|giving (?:a|the) (?:talk|keynote)) at\b", "talk"),
    (rf"^{_THEM}?(?:has|have|celebrates?|celebrated) (?:[\w-]+ years at|(?:a |an |her |his |their )?(?:\w+ "
     rf"){{0,2}}anniversary)\b",
     "anniversary"),
    (rf"^{_OF_THEM} (?:\w+ )?(?:baby|son|daughter|child|twins) (?:is|was|were|has been|have been|arrived|is here)\b "
     rf"?(?:born|here|$)",
     "birth"),
    (rf"^{_THEM}?(?:has |have |just )*(?:had (?:a|their|her) (?:\w+ )?(?:baby|son|daughter)|gave birth|"
     r"(?:became|is now) (?:a )?(?:father|mother|parents?|dad|mum))\b", "birth"),
    (rf"^{_THEM}?(?:has |have |just |recently )*(?:got|were|was|is) (?:just )?married\b", "wedding"),
    (rf"^{_THEM}?(?:has |have |just |recently )*moved (?:house|home|to (?-i:[A-Z]))", "move"),
)  # fmt: skip
_SO = r"(?:(?:that )?(?:I|we|she|he|they) (?:would|will)|to)"
_PROMISES: tuple[tuple[str, By], ...] = (
    (rf"^{_THEM}?(?:has |have |also |again )*promised (?:me|us) (?:{_SO} )?(?P<rest>.+)", "them"),
    (rf"^{_THEM}(?:has |have |also |again )*(?:promised|agreed(?= to\b)) (?:{_SO} )?(?P<rest>.+)", "them"),
    (rf"^{_ME}?(?:have |also |had |again )*promised (?!(?:my|him|her|your)self|(?:our|them)selves)(?:(?:{_DATIVE}|"
     rf"she)(?= (?:a|an|the|my|our|some|to|that|I|two|three)\b) )?(?:{_SO} )?(?P<rest>.+)", "me"),
    (rf"^{_ME}(?:have |also )*agreed to (?P<rest>{_VERBS}\b.*)", "me"),
    (rf"^(?:{_ME}said|{_ME}?told (?:{_DATIVE}|she)) (?:that )?(?:I|we) (?:would|will) (?P<rest>{_VERBS}\b.*)", "me"),
    (rf"^{_ME}(?:will|shall|(?:am|are) going to) (?:also |then |gladly |happily )?(?P<rest>{_VERBS}\b.*)", "me"),
    (rf"^will (?:also )?(?P<rest>{_VERBS} (?:back to )?(?:{_DATIVE}|she)\b.*)", "me"),
    (rf"^{_ME}said (?:that )?(?:I|we) (?:would|will) (?:also |gladly |happily )?(?P<rest>(?:be (?:there|at)\b|(?!(?:be|"
     r"have|been|like|love|think|prefer|rather|need|want|hate|consider|try|miss|wonder|expect|wait|see|say|die)\b|"
     r"do (?:it|so|that|the same)\b|go (?!to\b|with\b))\w+\b).*)", "me"),
    (rf"^{_ME}said (?P<rest>yes(?: to .+)?)$", "me"),
    (rf"^{_ME}?(?:still )?owe (?:{_DATIVE}|she) (?P<rest>.+)", "me"),
    (rf"^{_THEM}?(?:still )?owes? (?:me|us) (?P<rest>.+)", "them"),
    (rf"^(?:{_THEM}(?:said (?:that )?(?:she|he|they) )?)?(?:will|(?:is|are) going to) (?:also |then |gladly )?"
     rf"(?P<rest>{_TO_ME} (?:to |with |back to )?(?:me|us)\b.*)", "them"),
    (rf"^{_THEM}(?:will|(?:is|are) going to) (?:also |then )?(?P<rest>(?:send|forward|get back)\b.*)", "them"),
)  # fmt: skip
_DROPS_ME = re.compile(
    r"^(send|give|mail|email|forward|show|lend|tell|get|write|bring|pass|text|hand|pay) (?:me|us) (?!about\b|back\b)",
    re.I,
)
_EMPTY = re.compile(r"^(?:it|that|this|so|a lot|nothing|much|more|to|me|us|him|her|them|anything|one)?$", re.IGNORECASE)


def _wording(match: re.Match[str], by: By, dated: bool) -> str | None:
    """The text of a promise: without the one to whom it was made where the sentence does not need them."""
    rest = match["rest"].strip()
    if by == "them":
        rest = _DROPS_ME.sub(r"\1 ", rest)
    vague = _EMPTY.match(rest) or (rest == "yes" and not dated)
    return None if vague else rest


_NUMBER = r"(?:a|an|one|two|three|four|five|six|seven|twin|[0-9]{1,2})"
ENGLISH = Language(
    unsure=re.compile(
        r"\b(?:not|no longer|never|nobody|nothing|no(?! later)|neither|nor|hardly|without|cannot|"
        r"maybe|perhaps|might|could(?! use)|possibly|probably|if|whether|unless|hopefully|almost|nearly|afraid|used to|"
        r"would love|tried|wish(?:es)?|pretend\w*|joked|apparently|seems?)\b|n['’]t\b|\b(?:she|he|they|I|we|it) may\b",
        re.IGNORECASE,
    ),
    kinds=_KINDS,
    life=tuple((re.compile(pattern, re.IGNORECASE), reason) for pattern, reason in _LIFE),
    promises=tuple((re.compile(pattern, re.IGNORECASE), by) for pattern, by in _PROMISES),
    needs=_all(
        rf"^{_THEM}?{_NOW}(?:looks?|looking|searches|searching|hunting) (?:around )?for (?P<thing>.+)",
        rf"^{_THEM}?{_NOW}(?:needs|seeks|seeking|needing) (?!to\b)(?P<thing>.+)",
        rf"^they {_NOW}need (?!to\b)(?P<thing>.+)",
        rf"^{_THEM}?{_NOW}in need of (?P<thing>.+)",
        rf"^{_THEM}?could use (?P<thing>.+)",
        rf"^{_THEM}?{_NOW}hiring (?P<thing>.+)",
        rf"^{_THEM}?(?:{_NOW}(?:wants|hopes|is trying|is hoping)|would like) to "
        r"(?P<thing>(?:learn|find|hire|build|buy|sell|publish|understand|improve|meet|rent|recruit)\b (?!out\b|me\b|"
        r"us\b).+)",
        rf"^{_THEM}?{_NOW}wants (?!to\b|me\b|us\b|out\b)(?P<thing>.+)",
    ),
    interests=_all(
        rf"^{_THEM}?{_NOW}(?:more and more )?(?:interested in|into|keen on|curious about|passionate about|fond of)"
        r" (?P<thing>.+)",
        rf"^{_THEM}?{_NOW}cares? (?:a lot |deeply )?about (?P<thing>.+)",
        rf"^{_THEM}?{_NOW}(?:loves|enjoys) (?!(?:the|my|our|this|that|these|his|her|it|to|me|us|a|an|being|"
        rf"how)\b)(?P<thing>.+)",
    ),
    facts=_all(
        rf"^{_THEM}?(?:now |also )?(?P<fact>(?:has|have|has got|is got) {_NUMBER} (?:[\w-]+ )?(?:kids?|child(?:ren)?|"
        rf"daughters?|sons?|twins|dogs?|cats?|horses?|bab(?:y|ies)|brothers?|sisters?|grandchild(?:ren)?)\b.*)",
        rf"^{_THEM}?(?:now )?(?P<fact>lives (?:in|near) .+|grew up in .+|comes from .+)",
        rf"^{_THEM}?(?:now )?(?P<fact>works (?:at|for|as|in) .+)",
        rf"^{_THEM}?(?P<fact>moves (?:to|into|from) .+|is moving (?:to|into|from) .+)",
        rf"^{_THEM}?(?:also )?(?P<fact>plays (?:the )?[\w-]+(?: and [\w-]+)?|speaks (?-i:[A-Z])[\w-]+.*|sings in .+|"
        rf"keeps bees.*)$",
        rf"^{_THEM}?(?P<fact>is (?:a )?(?:vegan|vegetarian|left-handed|allergic to \w+|learning "
        rf"[A-Z]\w+)\b.*)",
    ),
    wording=_wording,
)
