"""Words that carry no topic: never evidence. Short on purpose; rarity does the rest."""

from __future__ import annotations

STOPWORDS = frozenset(
    # English
    "a about above after again all also am an and any are as at be because been before being below between both "
    "but by can cannot could did do does doing down during each few for from further had has have having he her "
    "here hers him his how i if in into is it its itself just me more most my no nor not of off on once only or "
    "other our out over own same she should so some such than that the their them then there these they this those "
    "through to too under until up us very was we were what when where which while who whom why will with would you "
    "without within against across around along upon among amongst since though although unless whether either neither "
    "yet still already always never ever every everybody everyone everything anybody anyone anything nobody nothing "
    "somebody someone something maybe perhaps rather quite really much many lot lots less least another next last "
    "you're we're they're he's she's i'm i've you've we've don't doesn't didn't can't won't isn't aren't wasn't let's "
    "your find looking look need needs want wants get getting make making use using new way ways thing things "
    # German
    "aber alle als am an auch auf aus bei bin bis da damit dann das dass dem den der des die dies diese dieser doch "
    "dort durch ein eine einem einen einer eines er es für hat hatte haben hier ich ihr ihre im in ist ja kann kein "
    "keine können man mehr mein mich mir mit muss nach nicht noch nur ob oder ohne sehr sich sie sind so über um und "
    "gegen innerhalb während seit statt trotz wegen jede jeder jedes alles etwas nichts immer nie schon jetzt "
    "uns unser unter vom von vor war warum was wenn wer werden wie wir wird wo zu zum zur zwischen "
    # French
    "au aux avec ce ces cet cette dans de des du elle en est et eux il ils je la le les leur lui mais même mes moi mon "
    "ne nos notre nous on ou où par pas pour qu que qui sa sans se ses si son sur ta te tes toi ton tu un une vos "
    "votre vous y à été être sous entre avant après depuis toujours jamais très tout tous toute toutes".split()
)
