"""Life events in a contact's own entries: news of the author alone, and rather none than a wrong one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.engage.life_events import life_event_in, touches_grief

HARD = {"bereavement", "illness", "job-loss"}

GOOD_EN = [
    ("book", "Good news", "My book has found a publisher."),
    ("book", "Good news", "My first novel has just found a publisher, and I am still dancing."),
    ("birth", "Hello, little one", "Our daughter was born on Tuesday."),
    ("birth", "News", "Our son Emil was born last night."),
    ("promotion", "News", "I've been promoted to senior engineer."),
    ("birth", "Our baby is here", "Everybody sleeps."),
    ("promotion", "News", "I was promoted to head of platform."),
    ("promotion", "News", "Last week I was promoted to director."),
    ("wedding", "Yes", "We got married!"),
    ("wedding", "Yes", "On Saturday we got married, in the rain."),
    ("new-job", "I've joined Acme", "It has been a long spring. More soon."),
    ("new-job", "I'm joining Acme", ""),
    ("new-job", "A new chapter", "After six years I left. Today was my first day at Acme, and I already love it."),
    ("new-job", "Some news", "I am joining Acme as head of platform next week."),
    ("new-job", "Some news", "I'm thrilled to share that I've joined the Example Society as its director."),
    ("new-job", "Moving on", "On Monday I started a new job at Acme."),
    ("new-job", "Moving on", "I have accepted a position at Acme."),
    ("new-job", "News", "I'm starting a new role as CTO of Acme in May."),
    ("new-job", "My new job", "I got a new job. It starts in June."),
    ("new-job", "I joined Acme last week", "Here is why."),
    ("launch", "We launched!", "We launched Calendula today, a small tool for release notes."),
    ("launch", "Calendula is here", "Today I'm launching Calendula, a small tool for release notes."),
    ("launch", "News from the workshop", "I've just launched my newsletter about slow software."),
    ("launch", "News", "Today we are releasing version 1.0 of Calendula."),
    ("launch", "Calendula", "I just released Calendula 2.0."),
    ("launch", "Starting up", "I have founded a company with two friends."),
    ("launch", "Starting up", "I'm starting my own company."),
    ("new-job", "Leaving the library", "Next month I'll be starting a new role at the Museum of Bonn."),
    ("award", "Speechless", "Our website won the Example Award for accessibility."),
    ("talk", "A date", "I'm speaking at CalmConf 2026."),
    ("talk", "Speaking in Berlin", "I'm speaking at CalmConf next month."),
    ("talk", "See you there", "I will be giving a keynote at PyExample in May."),
    ("talk", "My talk at CalmConf", "My talk was accepted at CalmConf, and I am still shaking."),
    ("talk", "See you in May", "I'll be speaking at PyExample about caches."),
    ("talk", "Slides", "Yesterday I gave a talk at CalmConf. The slides are below."),
    ("award", "Thank you", "I won the Example Prize for documentation."),
    ("award", "Wow", "We won an award for the library's new website."),
    ("award", "A surprise", "I've been awarded the Society's medal."),
    ("award", "A surprise", "I have been named a fellow of the Example Society."),
    ("award", "I won the Example Award", "I did not see that coming."),
    ("book", "My book is out", "It is called Boring Releases."),
    ("book", "Boring Releases", "My new book is out today. It took four years."),
    ("book", "News", "I've published a book about calm on-call."),
    ("book", "It is done", "I wrote a book, and it comes out in June."),
    ("book", "A date", "My book will be published in September by Example Press."),
    ("anniversary", "Ten years", "Ten years ago today I started at Acme."),
    ("anniversary", "A decade", "Today marks my tenth anniversary at Acme."),
    ("anniversary", "5 years at Acme", "Today I've been at Acme for five years."),
    ("anniversary", "Twenty years of this blog", "Twenty years ago today I wrote the first post on this blog."),
]
HARD_EN = [
    ("illness", "A pause", "I broke my hip on the ice and will be in hospital until January."),
    ("illness", "A pause", "I had surgery last week."),
    ("illness", "A pause", "Last week I had heart surgery."),
    ("illness", "A pause", "I'm having surgery on Monday."),
    ("illness", "A pause", "I will be in hospital until January."),
    ("bereavement", "For my father", "My father died on Tuesday."),
    ("bereavement", "A quiet week", "My mother passed away last night, after a long illness."),
    ("bereavement", "Goodbye", "I lost my husband in March. I do not have words yet."),
    ("bereavement", "My dad has died", "The funeral is on Friday."),
    ("bereavement", "Silence here", "We lost our daughter two weeks ago."),
    ("bereavement", "My best friend died", "She was forty."),
    ("bereavement", "Dad", "Dad died on Monday."),
    ("illness", "Why it was quiet", "In January I was diagnosed with lymphoma."),
    ("illness", "Some news about me", "I have been diagnosed with breast cancer."),
    ("illness", "Pausing", "I have cancer. I will write when I can."),
    ("illness", "A pause", "I'm seriously ill and will not be online for a while."),
    ("illness", "A pause", "I am in hospital and will be for some weeks."),
    ("illness", "What happened", "Last week I had a stroke."),
    ("job-loss", "Looking for work", "I was laid off on Friday, with half of my team."),
    ("job-loss", "Open to work", "I lost my job last week."),
    ("job-loss", "An ending", "Yesterday I was let go."),
    ("job-loss", "An ending", "I've been made redundant after nine years."),
    ("job-loss", "I got laid off", "So here is what I can do for you."),
    ("bereavement", "My book is out", "My book is out, and my father died the day before. He never held it."),
]
GOOD_DE = [
    ("book", "Neues", "Mein Buch hat einen Verlag gefunden."),
    ("birth", "Hallo", "Unsere Tochter ist am Dienstag geboren."),
    ("birth", "Hallo", "Am Dienstag ist unsere Tochter geboren."),
    ("birth", "Hallo", "Wir sind Eltern geworden."),
    ("promotion", "Neues", "Ich wurde zur Direktorin befördert."),
    ("wedding", "Ja", "Wir haben am Samstag geheiratet."),
    ("new-job", "Neues", "Ich habe eine neue Stelle bei Acme angetreten."),
    ("new-job", "Mein erster Tag bei Acme", "Es war aufregend."),
    ("new-job", "Neues", "Seit Montag arbeite ich bei Acme."),
    ("new-job", "Ich wechsle zu Acme", "Im Mai geht es los."),
    ("new-job", "Neues", "Ich fange im Mai bei Acme an."),
    ("launch", "Neues aus der Werkstatt", "Wir haben heute Calendula veröffentlicht, ein kleines Werkzeug."),
    ("launch", "Neues", "Ich habe eine Firma gegründet."),
    ("talk", "Termine", "Ich spreche im Mai auf der CalmConf über Caches."),
    ("talk", "Termine", "Nächste Woche halte ich einen Vortrag auf der CalmConf."),
    ("award", "Danke", "Ich habe den Beispielpreis gewonnen."),
    ("award", "Danke", "Wir wurden mit dem Beispielpreis ausgezeichnet."),
    ("book", "Endlich", "Mein Buch ist erschienen."),
    ("book", "Mein neues Buch ist da", "Es heißt Langweilige Releases."),
    ("anniversary", "Zehn Jahre", "Heute vor zehn Jahren habe ich bei Acme angefangen."),
]
HARD_DE = [
    ("illness", "Pause", "Ich habe mir auf dem Eis die Hüfte gebrochen und bin bis Januar im Krankenhaus."),
    ("illness", "Pause", "Ich wurde letzte Woche operiert."),
    ("illness", "Pause", "Ich hatte letzte Woche eine Operation."),
    ("illness", "Pause", "Ich muss bis Januar im Krankenhaus bleiben."),
    ("bereavement", "Abschied", "Nach langer Krankheit ist meine Mutter gestorben."),
    ("bereavement", "Abschied", "Mein Vater ist am Dienstag gestorben."),
    ("bereavement", "Stille", "Wir haben unseren Sohn verloren."),
    ("illness", "Pause", "Ich habe Krebs."),
    ("illness", "Pause", "Bei mir wurde Brustkrebs diagnostiziert."),
    ("illness", "Pause", "Ich liege seit einer Woche im Krankenhaus."),
    ("job-loss", "Neues", "Mir wurde gekündigt."),
    ("job-loss", "Neues", "Ich habe meinen Job verloren."),
]
NOTHING_EN = [
    ("Bones", "I broke my arm when I was nine."),
    ("Arrivals", "My child arrived today at school."),
    ("Games", "I was promoted to Gold tier."),
    ("Weddings", "We were married for ten years."),
    ("Bones", "Grace broke her hip on the ice."),
    ("Bones", "If I broke my leg, who would deploy?"),
    ("Bones", "I broke my hand-rolled parser."),
    ("Records", "I broke the build."),
    ("Surgery", "I had surgery in 2009."),
    ("Surgery", "I had surgery-like precision in mind."),
    ("Surgery", "She had surgery last week."),
    ("Surgery", "I had an operation running in the background."),
    ("Born", "Our daughter was born in 2011, and she likes trains."),
    ("Born", "Her daughter was born on Tuesday."),
    ("Born", "An idea was born on Tuesday."),
    ("Born", "Our child process was born last week of a fork."),
    ("Roles", "Grace was promoted to director."),
    ("Roles", "The replica was promoted to primary."),
    ("Roles", "I was never promoted to manager."),
    ("Weddings", "They got married on Saturday."),
    ("Weddings", "We got married ten years ago."),
    ("Weddings", "We got married to the idea of microservices."),
    ("Publishers", "Her book has found a publisher."),
    ("Publishers", "My book has not found a publisher."),
    ("Publishers", "I hope my book has found a publisher by May."),
    ("Queen died", "The Queen died on Thursday, aged 96."),
    ("Grace Example joins Acme", "Grace Example joined Acme as CTO this week."),
    ("How we launched", "Ten lessons from launching a product. First, write the announcement before the code."),
    ("If I joined a startup today", "If I joined a startup today, I would ask about the on-call rota first."),
    ("I haven't joined Acme", "People ask. I have not joined Acme, and I'm not going to."),
    ("On-call, then and now", "When I joined Acme in 2009, nobody had a pager."),
    ("Old times", "In 2009 I joined a small firm in Bonn and learned to solder."),
    ("What she told me", 'She said: "I joined Acme because of the people." I think about that often.'),
    ("A review", "In this novel a widow says that my father died is the shortest story there is."),
    ("My laptop died", "My laptop died on Tuesday, and with it my patience."),
    ("Heart", "My heart sank when I saw the logs."),
    ("The project died", "The project died, slowly, of meetings."),
    ("I won the argument", "I won the argument and lost the afternoon."),
    ("Killing processes", "How I killed a process that would not die."),
    ("Death march", "We survived the death march, and wrote this down."),
    ("I lost my keys", "I lost my keys, and learned something about backups."),
    ("I lost my mind", "I lost my mind over a missing semicolon."),
    ("We lost our database", "We lost our main database on Sunday. Here is the post-mortem."),
    ("My phone died", "My phone died in the middle of the talk."),
    ("My hard drive passed away", "Rest in peace, old friend."),
    ("The death of the blog", "Blogs are dead, they say. My blog is dead too, says my mother."),
    ("My favourite book is out of print", "I looked for it in three shops."),
    ("Her book is out", "Grace's new book is out, and you should read it."),
    ("Reading list", "I finished a book about caches. I wrote a review of the book."),
    ("I'd love to be speaking at more conferences", "Here is how I plan to get there."),
    ("Why I stopped speaking at conferences", "I no longer give talks at conferences."),
    ("How to give a talk", "If you are speaking at a conference, arrive early."),
    ("Join us", "We are hiring. Join Acme and build calm software."),
    ("I joined the mailing list", "I joined the mailing list and read a year of threads."),
    ("I joined two tables", "I joined two tables and the planner chose a nested loop."),
    ("SQL joins", "I've joined the orders table with the customers table, and it is slow."),
    ("I joined a meeting", "Yesterday I joined a meeting that could have been a mail."),
    ("I was laid up", "I was laid up with a cold for two days."),
    ("Layoffs at Acme", "Two hundred people were laid off at Acme. It could have been you."),
    ("My colleague was laid off", "My colleague was laid off on Friday. I am angry."),
    ("I was laid off in 2009", "I was laid off in 2009, and it taught me to save."),
    ("Twenty years on", "My father died when I was ten. I still have his slide rule."),
    ("A memory", "My mother died thirty years ago, and I still cook her soup."),
    ("A memory", "My grandfather, who died in 1987, had a workshop."),
    ("What if", "What would I do if my father died? I made a list of passwords."),
    ("Imagine", "Imagine I was fired tomorrow. What would break?"),
    ("Fear", "I am afraid that I could be laid off."),
    ("Almost", "I was almost laid off. Then the budget came."),
    ("Not ill", "No, I am not ill, I was only on holiday."),
    ("Sick of it", "I'm sick of dashboards."),
    ("Ill-defined", "I am ill at ease with ill-defined metrics."),
    ("Cancer of technical debt", "Technical debt is a cancer. I have been diagnosed with optimism."),
    ("A heart attack", "I nearly had a heart attack when I saw the bill."),
    ("Hospitals", "I work in a hospital, and the software is old."),
    ("We launched a rocket", "Engineers at the agency said they launched a rocket."),
    ("Launching soon?", "Will we be launching this year? Nobody knows."),
    ("I launched the terminal", "I launched the terminal and typed the command."),
    ("I launched an investigation", "Something was slow, so I launched a profiler."),
    ("How I won", "I won't be writing about chess."),
    ("I won at chess", "I won a game against my daughter."),
    ("They won an award", "Our neighbours won an award for their garden."),
    ("Congratulations, Grace", "Grace won the Example Prize. I am so proud."),
    ("The award I never won", "I never won an award, and that is fine."),
    ("I didn't win the award", "And that is fine."),
    ("Five years ago", "Five years ago I wrote about caches. Here is an update."),
    ("Anniversaries", "On the tenth anniversary of the outage, we look back."),
    ("My parents' anniversary", "My parents have been married for fifty years."),
    ("First day", "On the first day of the conference it rained."),
    ("My first day with Rust", "I installed the compiler and went for a walk."),
    ("New jobs in our team", "A new job is open: platform engineer."),
    ("Cron", "I started a new job on the cluster, and it hung."),
    ("CI", "I got a new job running in the pipeline."),
    ("A position on tabs", "I have accepted the position that tabs are fine."),
    ("Roles", "I've started a new role in Ansible for the web servers."),
    ("Plans", "I hope to publish a book one day."),
    ("Plans", "Someday I will write a book."),
    ("Advice", "You should tell people when you say 'I lost my job'."),
    ("Interview", "Q: What happened then? A: I was laid off, and I started to paint."),
    ("Fiction", 'A short story. "My mother died," the robot said.'),
    ("Quote", "> I joined Acme last week\n\nThat is how most announcements begin."),
    ("My cat is fine", "My cat nearly died of boredom during the meeting."),
    ("Our servers", "We have lost two nodes. Our cluster is in hospital, so to speak."),
    ("Spoken", "I'm speaking at length about nothing."),
    ("Speaking", "I am speaking for myself here, not for Acme."),
    ("Talks", "I gave a talk to my team about naming."),
    ("A poem", "My love is dead, my love is gone."),
    ("We released the brakes", "We released the brakes and rolled downhill."),
    ("A patch", "I just released the lock, and the deadlock went away."),
    ("On losing things", "I lost my father's watch on a train."),
    ("I was fired up", "I was fired up after the talk."),
    ("Writing", "I wrote a book review."),
    ("Let go", "I was let go by the tide, wrote the poet."),
    ("Interview with Grace", "Grace told me: I joined Acme because I was bored."),
    ("Character study", "The heroine says: my husband died, and I kept the shop."),
    ("Career advice", "Tell them: I was laid off. It is nothing to be ashamed of."),
    ("Joining datasets", "I joined Census data with maps and saw something odd."),
    ("On the radio", "I joined Grace Example on her show to talk about caches."),
    ("Prize", "I received a prize-winning novel for my birthday."),
    ("Short story: The Keeper", "I lost my husband to the sea, said the keeper."),
    ("Hello Mastodon", "I've joined Mastodon. Follow me there."),
    ("A story", "It was 1998. My mother died. I learned to cook."),
    ("Weekly notes", "I launched Firefox, and it crashed."),
    ("Release notes", "We released Calendula 2.3.1."),
    ("Looking back", "I was laid off in 2021, and it was spring."),
    ("Debugging", "I launched the app and tapped the button."),
]
NOTHING_DE = [
    ("Knochen", "Ich habe mir den Kopf zerbrochen."),
    ("Knochen", "Als Kind habe ich mir das Bein gebrochen, als ich sieben war."),
    ("Knochen", "Grace hat sich das Bein gebrochen."),
    ("Verlag", "Ihr Buch hat einen Verlag gefunden."),
    ("Hochzeit", "Wir haben vor zehn Jahren geheiratet."),
    ("Geburt", "Ihre Tochter ist am Dienstag geboren."),
    ("Amt", "Sie wurde zur Direktorin befördert."),
    ("OP", "Ich wurde nicht operiert."),
    ("Die Königin ist gestorben", "Die Königin ist am Donnerstag gestorben."),
    ("Damals", "Als ich 2009 bei Acme anfing, hatte niemand einen Pieper."),
    ("Damals", "Mein Vater ist vor dreißig Jahren gestorben, und ich habe noch seinen Rechenschieber."),
    ("Rechner", "Mein Rechner ist gestern gestorben."),
    ("Projekt", "Unser Projekt ist an zu vielen Besprechungen gestorben."),
    ("Schlüssel", "Ich habe meinen Schlüssel verloren."),
    ("Faden", "Ich habe den Faden verloren."),
    ("Spiel", "Ich habe das Spiel gewonnen."),
    ("Abstand", "Ich habe etwas Abstand gewonnen."),
    ("Abo", "Ich habe mein Abo gekündigt."),
    ("Wenn", "Wenn mir gekündigt würde, ginge ich erst einmal wandern."),
    ("Nicht", "Ich habe keinen neuen Job, ich habe nur Urlaub."),
    ("Grace", "Grace hat eine neue Stelle bei Acme angetreten."),
    ("Ihr Buch", "Ihr Buch ist erschienen, und es ist gut."),
    ("Kollegin", "Meiner Kollegin wurde gekündigt."),
    ("Rat", "Wer einen Vortrag auf einer Konferenz hält, sollte früh da sein."),
    ("Zitat", "Sie schrieb: „Mein Vater ist gestorben.“ Mehr stand da nicht."),
    ("Krank", "Ich bin krank vor lauter Besprechungen."),
    ("Vielleicht", "Vielleicht schreibe ich einmal ein Buch."),
    ("Buch", "Mein Lieblingsbuch ist in neuer Auflage erschienen."),
    ("Spreche", "Ich spreche nur für mich."),
]


@pytest.mark.parametrize(("kind", "title", "text"), [*GOOD_EN, *HARD_EN, *GOOD_DE, *HARD_DE], ids=str)
def test_news_of_the_author_is_seen(kind: str, title: str, text: str) -> None:
    found = life_event_in(title, text, "de" if (kind, title, text) in (*GOOD_DE, *HARD_DE) else "en")
    assert found is not None
    assert (found.kind, found.is_hard) == (kind, kind in HARD)
    assert found.sentence in f"{title}\n{text}"


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [("en", *one) for one in NOTHING_EN] + [("de", *one) for one in NOTHING_DE],
    ids=str,
)
def test_what_is_no_news_of_the_author_is_passed_over(language: str, title: str, text: str) -> None:
    assert life_event_in(title, text, language) is None


def test_a_loss_wins_over_good_news_even_where_it_comes_later() -> None:
    text = "I'm speaking at CalmConf next month. We launched Calendula today. My father died on Tuesday."
    found = life_event_in("News", text, "en")
    assert found is not None
    assert (found.kind, found.sentence) == ("bereavement", "My father died on Tuesday.")


def test_what_stands_far_down_is_not_the_news_of_an_entry() -> None:
    filler = "This sentence is about something else. " * 15
    assert life_event_in("An essay", filler + "I joined Acme last week.", "en") is None


@pytest.mark.parametrize("language", ["en-GB", "EN", "", "de-AT"])
def test_any_spelling_of_the_language_is_understood(language: str) -> None:
    found = life_event_in("", "Mein Buch ist erschienen." if language == "de-AT" else "My book is out.", language)
    assert found is not None
    assert found.kind == "book"


def test_in_other_languages_nothing_is_read() -> None:
    assert life_event_in("My book is out", "My father died on Tuesday.", "fr") is None


GRIEF = [
    ("Goodbye", "The funeral is on Friday."),
    ("In hospital", ""),
    ("A hard year", "Chemotherapy, week three."),
    ("For Ada", "Ada passed away last night."),
    ("After the miscarriage", ""),
    ("Life", "Her divorce was final in June."),
    ("On grief", "Nobody tells you how quiet it is."),
    ("Thank you for your condolences", ""),
    ("Pausing", "Grace had surgery last week."),
    ("A diagnosis", "It is breast cancer."),
    ("A year", "His father died in March."),
    ("A year", "The death of my mother changed what I read."),
    ("Mourning", ""),
    ("Pause", "Grace liegt im Krankenhaus."),
    ("Diagnose", "Es ist Brustkrebs."),
    ("Abschied", "Die Beerdigung war am Freitag."),
    ("Über die Trauer", ""),
    ("Fehlgeburt", ""),
    ("Nach der Scheidung", ""),
    ("Abschied", "Ihr Vater ist am Dienstag gestorben."),
]
NO_GRIEF = [
    ("Builds", "The grief of the build is over."),
    ("Queues", "We inspect the dead letter queue every morning."),
    ("Processes", "The process died, so I ran kill -9 and went home."),
    ("Signals", "The child died with signal 9."),
    ("Editing", "A surgical edit of three lines."),
    ("Refactoring", "Shotgun surgery is a smell. Code surgery is a craft."),
    ("Charlie", "Good grief, what a Monday."),
    ("Typesetting", "Widows and orphans in CSS."),
    ("Hotels", "Hospitality is a craft."),
    ("Contracts", "Our hospital software has a new release."),
    ("Dead code", "How we deleted dead code, and the mortal sins of caching."),
    ("Garden", "Traue dich, Tomaten zu ziehen."),
    ("Laptop", "Mein Rechner ist gestern gestorben."),
    ("", ""),
]


@pytest.mark.parametrize(("title", "text"), GRIEF, ids=str)
def test_sorrow_is_felt_whoever_it_is_about(title: str, text: str) -> None:
    assert touches_grief(title, text)


@pytest.mark.parametrize(("title", "text"), NO_GRIEF, ids=str)
def test_machines_have_no_sorrow(title: str, text: str) -> None:
    assert not touches_grief(title, text)


def test_sorrow_far_down_is_not_what_an_entry_is_about() -> None:
    assert not touches_grief("Caches", "About caches. " * 120 + "The funeral is on Friday.")


@given(st.text(), st.text(), st.sampled_from(["en", "de", "", "xx"]))
def test_no_text_breaks_it(title: str, text: str, language: str) -> None:
    found = life_event_in(title, text, language)
    assert found is None or found.sentence.strip()
