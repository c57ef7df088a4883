"""What every page knows about the site, once for each language that a page is written in. Pure."""

from __future__ import annotations

from collections.abc import Callable

from brandkit.base import url
from brandkit.site.config import SiteConfig
from brandkit.site.model import Site
from brandkit.site.painting.alphabets import is_drawn
from brandkit.site.pictures import Pictures
from brandkit.site.theme import Theme
from brandkit.site.views.parts import AuthorView, LinkView, ProfileView, ProofView, SiteView

_ICONS = ("favicon.svg", "favicon.ico", "favicon.png")
_RIGHT_TO_LEFT = frozenset("ar ckb dv fa he iw ks ku-arab nqo pa-arab ps sd syr ug ur yi".split())
_NETWORKS = {
    "github": "https://github.com/{}",
    "gitlab": "https://gitlab.com/{}",
    "codeberg": "https://codeberg.org/{}",
    "linkedin": "https://www.linkedin.com/in/{}",
    "bluesky": "https://bsky.app/profile/{}",
    "youtube": "https://www.youtube.com/@{}",
    "orcid": "https://orcid.org/{}",
}
_SCRIPT = "scheme.js"

Links = Callable[[str], tuple[LinkView, ...]]


class SiteViews:
    """`menu` and `footer` give the links for a language."""

    def __init__(
        self, site: Site, config: SiteConfig, theme: Theme, pictures: Pictures, menu: Links, footer: Links
    ) -> None:
        self._site, self._config, self._theme, self.pictures = site, config, theme, pictures
        self._menu, self._footer = menu, footer
        self._known: dict[str, SiteView] = {}
        self._labels: dict[str, tuple[tuple[str, str], ...]] = {}

    @property
    def script(self) -> str:
        """The few lines in the head that remember a choice of light or dark; empty unless it is wanted."""
        return self._theme.templates.get(_SCRIPT, "").strip() if self._config.theme.toggle else ""

    def view(self, language: str) -> SiteView:
        """The site in a language."""
        if language not in self._known:
            self._known[language] = self._view(language)
        return self._known[language]

    def labels(self, language: str) -> tuple[tuple[str, str], ...]:
        """The few words that stand in texts: titles of callouts, the name of a table."""
        if language not in self._labels:
            words = self._theme.words_in(language)
            own = {**words["callouts"], "table": words["table"]}
            english = self._theme.words_in("en")
            same = own == {**english["callouts"], "table": english["table"]}
            self._labels[language] = () if same else tuple(sorted(own.items()))
        return self._labels[language]

    def has_card(self, title: str) -> bool:
        """Whether a card can be drawn for this title."""
        if not self._config.cards or not self._theme.fonts:
            return False
        return is_drawn(title) and is_drawn(self._config.author.name or self._config.title)

    def _view(self, language: str) -> SiteView:
        site, config, root = self._site, self._config, url.folder_of(self._config.url)
        wordmark = self.pictures.view(f"content/static/{config.theme.wordmark}") if config.theme.wordmark else None
        return SiteView(
            title=config.title,
            tagline=config.tagline,
            url=config.url,
            root=root,
            language=language,
            direction=direction(language),
            words=self._theme.words_in(language),
            author=self._author(root),
            owner=config.owner,
            home=config.theme.home,
            menu=self._menu(language),
            footer=self._footer(language),
            feed=root + "feed.xml",
            favicon=next((root + name for name in _ICONS if name in site.files), None),
            wordmark=wordmark,
            newsletter=config.newsletter.action if config.newsletter else None,
            booking=config.contact.booking,
            form=config.contact.form,
            search=root + "search/" if config.search else None,
            calendar=root + "calendar.ics" if site.sections["events"] or site.sections["talks"] else None,
            webmention=config.webmention,
            script=self.script,
            data=site.data.own,
        )

    def _author(self, root: str) -> AuthorView:
        author = self._config.author
        return AuthorView(
            name=author.name or self._config.title,
            pronouns=author.pronouns,
            bio=author.bio,
            portrait=self.pictures.view(f"content/static/{author.portrait}") if author.portrait else None,
            profiles=tuple(_profile(network, handle) for network, handle in author.profiles.items()),
            email=self._config.contact.email,
            proof=tuple(ProofView(p.figure, p.text, _address(p.url, root)) for p in author.proof),
        )


def direction(language: str) -> str:
    """`rtl` for languages that are written from right to left, else `ltr`."""
    tag = language.lower()
    return "rtl" if tag in _RIGHT_TO_LEFT or tag.split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def _address(written: str, root: str) -> str:
    return written if not written or url.is_elsewhere(written) else root + written.lstrip("/")


def _profile(network: str, handle: str) -> ProfileView:
    name = handle.lstrip("@")
    if url.is_web(handle):
        return ProfileView(network, url.host_of(handle), handle)
    if network == "mastodon" and "@" in name:
        user, _, host = name.partition("@")
        return ProfileView(network, handle, f"https://{host}/@{user}")
    pattern = _NETWORKS.get(network.lower())
    return ProfileView(network, handle, pattern.format(name) if pattern else handle)
