"""site.yaml: every setting of the public site, each declared once.

In: the text of site.yaml. Out: `SiteConfig`, frozen; each mistake with its place. A setting that
cannot be read falls back to its default, so that a typo stops no page. Knows nothing private.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, ConfigDict, Field

from brandkit.base import decode
from brandkit.base.diagnostics import Code, Outcome, Place
from brandkit.base.marked_yaml import Marked, read_yaml
from brandkit.base.walls import PublicRoot, Sources, UsageProblem
from brandkit.site.values import (
    STRICT,
    Colour,
    Email,
    Language,
    Pattern,
    SiteAddress,
    SiteLink,
    Taxonomy,
    Text,
    TimeZone,
    WebAddress,
    menu_items,
    site_address,
)

FILE = "site.yaml"
NO_SITE = Code(
    "BK130",
    "error",
    "there is no site.yaml",
    "The folder is not a brandkit project: its configuration is missing.",
    "run 'brandkit init DIR' to make a project, or name its folder with --project",
)


@dataclass(frozen=True)
class Proof:
    """Something that speaks for you: a figure, what it says, where it is told."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    figure: Annotated[Text, Field(description="Short and large: 164, 8 min, 38 → 5.")]
    text: Annotated[Text, Field(description="What the figure says.")]
    url: Annotated[SiteLink, Field(description="Where it is told: an address, or a path of the site.")] = ""


@dataclass(frozen=True)
class Author:
    """The face of the brand."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: Annotated[str, Field(description="The name on every page; the title of the site if absent.")] = ""
    pronouns: Annotated[str, Field(description="Shown beside the name.")] = ""
    portrait: Annotated[str, Field(description="A picture below content/static/, square.")] = ""
    bio: Annotated[str, Field(description="One sentence about the person.")] = ""
    profiles: Annotated[
        Mapping[str, str], Field(description="Accounts elsewhere, by network: a handle or a full address.")
    ] = field(default_factory=dict)
    proof: Annotated[
        tuple[Proof, ...], Field(description="What you can point to, on the home page: a few figures.")
    ] = ()


@dataclass(frozen=True)
class ThemeChoice:
    """How the site looks."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: Annotated[str, Field(description="A folder below themes/, or `default`.")] = "default"
    accent: Annotated[Colour, Field(description="The colour of links and marks; adjusted where contrast asks.")] = (
        "#0b6e4f"
    )
    home: Annotated[Literal["profile", "journal"], Field(description="Person first, or latest writing first.")] = (
        "profile"
    )
    font: Annotated[
        Literal["serif", "sans", "humanist", "mono"],
        Field(description="The letters of texts: fonts that readers have."),
    ] = "serif"
    wordmark: Annotated[str, Field(description="A picture below content/static/ in place of the title.")] = ""
    toggle: Annotated[bool, Field(description="A button for light and dark; brings a few lines of script.")] = False


@dataclass(frozen=True)
class MenuItem:
    """A word of the menu and where it leads."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    url: SiteLink = ""


@dataclass(frozen=True)
class Feeds:
    """The feeds that the site publishes."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    limit: Annotated[int, Field(ge=0, description="How many posts a feed holds; 0: all.")] = 20
    websub: Annotated[WebAddress | None, Field(description="A hub that is told of new posts (WebSub).")] = None


@dataclass(frozen=True)
class Images:
    """Lighter forms of the pictures in texts."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    widths: Annotated[
        tuple[Annotated[int, Field(ge=100, le=6000)], ...],
        Field(description="In pixels; none: pictures stay as they are."),
    ] = (640, 1200, 1800)
    formats: Annotated[tuple[Literal["avif", "webp"], ...], Field(description="In order of preference.")] = (
        "avif",
        "webp",
    )
    quality: Annotated[int, Field(ge=20, le=100, description="Of WebP, 20 to 100; AVIF follows.")] = 78


@dataclass(frozen=True)
class Lists:
    """Pages that list posts."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    size: Annotated[int, Field(ge=1, le=1000, description="How many posts stand on one page of a list.")] = 10


@dataclass(frozen=True)
class Newsletter:
    """A form that posts an address to the service you use."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    action: WebAddress


@dataclass(frozen=True)
class ContactWays:
    """How readers reach you."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    form: WebAddress | None = None
    booking: WebAddress | None = None
    email: Email | None = None


@dataclass(frozen=True)
class Deploy:
    """Where the site goes."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    target: Annotated[
        Literal["folder", "github-pages", "rsync", "s3"], Field(description="What `brandkit deploy` takes.")
    ] = "github-pages"
    to: Annotated[
        str,
        Field(
            description="For `folder` a folder, for `rsync` user@host:/path or rsync://host/module, for `s3` a bucket "
            "or bucket/prefix, for `github-pages` a git remote (origin if left out)."
        ),
    ] = ""
    branch: Annotated[str, Field(description="For `github-pages`: the branch that the host serves.")] = "gh-pages"
    endpoint: Annotated[
        WebAddress | None, Field(description="For `s3`: where another service than Amazon's answers.")
    ] = None


@dataclass(frozen=True)
class MarkdownChoice:
    """How text is read."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    raw_html: Annotated[bool, Field(description="Whether HTML inside Markdown stands as it is, or is escaped.")] = True
    math: Annotated[bool, Field(description="Whether $a$ and $$a$$ are formulas.")] = False


@dataclass(frozen=True)
class SiteConfig:
    """All of site.yaml. Everything but `title` and `url` has a default."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    title: Annotated[str, Field(description="The name of the site.")]
    url: Annotated[SiteAddress, Field(description="Where the site lives; a path is fine.")]
    tagline: Annotated[str, Field(description="One line under the title.")] = ""
    language: Annotated[Language, Field(description="The language of the site.")] = "en"
    timezone: Annotated[TimeZone, Field(description="Dates without a zone are meant here.")] = "UTC"
    today: Annotated[date | None, Field(description="Pins the day, for examples; leave it out.")] = None
    author: Annotated[Author, Field(description="The person.")] = Author()
    owner: Annotated[Literal["person", "organization"], Field(description="Whose site it is.")] = "person"
    theme: Annotated[ThemeChoice, Field(description="How it looks.")] = ThemeChoice()
    menu: Annotated[
        tuple[MenuItem, ...],
        BeforeValidator(menu_items),
        Field(description="A section, a taxonomy, archive, search, the slug of a page, or {name, url}."),
    ] = (MenuItem("posts"), MenuItem("archive"))
    permalinks: Annotated[
        Mapping[Literal["posts", "pages", "notes", "talks", "events", "projects", "testimonials"], Pattern],
        Field(description="Patterns of addresses by section."),
    ] = field(default_factory=dict)
    taxonomies: Annotated[
        tuple[Taxonomy, ...],
        Field(description="Ways of grouping; each has pages of its own."),
    ] = ("tags",)
    feeds: Annotated[Feeds, Field(description="The feeds that the site publishes.")] = Feeds()
    lists: Annotated[Lists, Field(description="Pages that list posts.")] = Lists()
    newsletter: Annotated[Newsletter | None, Field(description="A sign-up form.")] = None
    contact: Annotated[ContactWays, Field(description="How readers reach you, in public.")] = ContactWays()
    search: Annotated[bool, Field(description="A search page; the one page with a script.")] = False
    cards: Annotated[bool, Field(description="A picture for link previews, drawn for each page.")] = True
    images: Annotated[Images, Field(description="Lighter forms of pictures.")] = Images()
    content_policy: Annotated[
        str | None, Field(description="The content security policy; else one that lets nothing foreign run. '': none.")
    ] = None
    webmention: Annotated[WebAddress | None, Field(description="An endpoint that takes webmentions.")] = None
    send_webmentions: Annotated[
        bool, Field(description="After a deploy, tell pages elsewhere that new texts link to them.")
    ] = False
    deploy: Annotated[Deploy, Field(description="Where the site goes.")] = Deploy()
    markdown: Annotated[MarkdownChoice, Field(description="How text is read.")] = MarkdownChoice()

    @property
    def zone(self) -> ZoneInfo:
        """The zone that dates without one are meant in."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True)
class Settings:
    """The configuration and where each part of it stands, so that later checks can point at it."""

    config: SiteConfig
    marked: Marked
    usable: bool = True  # whether title and url are there; nothing is built for a stand-in

    def place(self, *path: str | int) -> Place:
        """The place in site.yaml of the setting at `path`."""
        return self.marked.place(path)


def load_config(sources: Sources, root: PublicRoot) -> Outcome[Settings]:
    """Read site.yaml. Without a usable one a stand-in is returned beside the errors."""
    if sources.get(FILE) is None:
        return Outcome(_stand_in(root), (NO_SITE.at(Place(FILE), "this folder has no site.yaml"),))
    text = sources.read(FILE).decode("utf-8", "replace")
    return decode_config(text, root)


def decode_config(text: str, root: PublicRoot) -> Outcome[Settings]:
    """The settings that this text gives, with everything that is wrong in it."""
    read = read_yaml(text, FILE)
    if read.value is None:
        return Outcome(_stand_in(root), read.diagnostics)
    marked = read.value if read.value.data is not None else replace(read.value, data={})
    decoded = decode.decode_leniently(SiteConfig, marked)
    config = decoded.value or _stand_in(root).config
    usable = decoded.value is not None
    if root.base_url is not None:
        config = replace(config, url=_base(root.base_url))
    if root.today is not None:
        config = replace(config, today=root.today)
    return Outcome(Settings(config, marked, usable), decoded.diagnostics)


def _base(address: str) -> str:
    try:
        return site_address(address)
    except ValueError as error:
        raise UsageProblem(f"--base-url {address} {str(error).partition(' | ')[0]}") from None


def _stand_in(root: PublicRoot) -> Settings:
    return Settings(SiteConfig(root.path.name or "Untitled", "https://example.org/"), Marked(FILE, {}), usable=False)


def moment(config: SiteConfig, now: datetime) -> datetime:
    """The moment that the site is built for: the pinned day at noon, else now, in the site's zone."""
    if config.today is not None:
        return datetime(config.today.year, config.today.month, config.today.day, 12, tzinfo=config.zone)
    return now.astimezone(config.zone)
