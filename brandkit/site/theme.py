"""A theme: templates, words, fonts and files, found through the chain of themes that it extends.

In: the sources below themes/. Out: `Theme`. A template is found in the theme itself first, then in
what it extends; `NAME/base.html` names the template of one theme of the chain. The theme that comes
with brandkit always stands last, so that nothing is ever missing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Annotated, Any, ClassVar

import jinja2
from pydantic import ConfigDict, Field

from brandkit.base.decode import decode_leniently
from brandkit.base.diagnostics import Code, Diagnostic, Outcome, Place
from brandkit.base.digest import digest_text
from brandkit.base.marked_yaml import Marked, Path, read_yaml
from brandkit.base.spelling import did_you_mean
from brandkit.base.templates import closure, environment, template_problem
from brandkit.base.walls import Memo, Source, Sources
from brandkit.site.config import Settings
from brandkit.site.template_filters import FILTERS
from brandkit.site.values import STRICT

NO_THEME = Code(
    "BK160",
    "error",
    "a theme is not there",
    "site.yaml, or the `extends` of a theme, names a folder that does not stand below themes/.",
    "the theme that always exists is called default",
)
CIRCLE = Code(
    "BK164",
    "error",
    "themes extend each other",
    "The `extends` of a theme leads back to the theme itself.",
    "let one of them extend default, or nothing",
)
BAD_WORDS = Code(
    "BK186",
    "warning",
    "a word of the theme cannot be used",
    "A file of words has another shape than the English one: a key that no theme has, a list of another length, "
    "or a text with other {names} in it. The English word is used.",
    "see words/en.yaml of the theme for what stands there",
)
FALLBACK = "default"
BUNDLED = "default (brandkit)"  # where a project has a theme called default, the bundled one stands behind it
_LANGUAGE = "en"
_TABLE = "themes"


@dataclass(frozen=True)
class About:
    """theme.yaml."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: Annotated[str, Field(description="What the theme is called.")] = ""
    extends: Annotated[str | None, Field(description="The theme whose templates and files it builds on.")] = None
    description: Annotated[str, Field(description="One sentence.")] = ""


@dataclass(frozen=True)
class Theme:
    """What a site looks like. `files` says which source each template came from."""

    name: str
    chain: tuple[str, ...]
    templates: Mapping[str, str] = field(repr=False)
    files: Mapping[str, str] = field(repr=False)
    static: Mapping[str, str] = field(repr=False)
    static_digests: Mapping[str, str] = field(repr=False)
    fonts: Mapping[str, str] = field(repr=False)
    words: Mapping[str, Mapping[str, Any]] = field(repr=False)
    digests: Mapping[str, str] = field(repr=False)
    digest: str
    closures: Mapping[str, Sequence[str]] = field(repr=False)
    kept: Any | None = field(default=None, repr=False)  # where what the templates are compiled into is kept

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Theme) and other.digest == self.digest

    def has(self, template: str) -> bool:
        """Whether the theme has a template of this name."""
        return template in self.templates

    def words_in(self, language: str) -> Mapping[str, Any]:
        """The words of a language; English for what was not translated."""
        tag = language.lower()
        return self.words.get(tag) or self.words.get(tag.split("-")[0]) or self.words[_LANGUAGE]


def load_theme(settings: Settings, sources: Sources, memo: Memo) -> Outcome[Theme]:
    """The theme that site.yaml names; the default one where that cannot be had.

    Which templates belong to which is remembered, of themes in which nothing is wrong.
    """
    chain, found = _chain(settings, sources)
    templates: dict[str, str] = {}
    files: dict[str, str] = {}
    static: dict[str, Source] = {}
    fonts: dict[str, Source] = {}
    for name in reversed(chain):
        for short, source in _below(f"themes/{name}/templates", sources):
            text = sources.read(source.path).decode("utf-8", "replace")
            for key in (short, f"{name.removesuffix(' (brandkit)')}/{short}"):
                templates[key], files[key] = text, source.path
        static |= _below(f"themes/{name}/static", sources)
        fonts |= {short: s for short, s in _below(f"themes/{name}/fonts", sources) if short.endswith(_FONTS)}
    words = _words(chain, sources)
    found.extend(words.diagnostics)
    digests = {name: digest_text(text) for name, text in templates.items()}
    digest = digest_text(repr(sorted(digests.items())))
    known = memo.get_many(_TABLE, [digest]).get(digest)
    theme = Theme(
        name=chain[0],
        chain=tuple(chain),
        templates=templates,
        files=files,
        static={short: source.path for short, source in static.items()},
        static_digests={short: source.digest for short, source in static.items()},
        fonts={source.path: source.digest for source in fonts.values()},
        words=_completed(words.value),
        digests=digests,
        digest=digest,
        closures=json.loads(known) if known else {},
        kept=memo.templates,
    )
    if known:
        return Outcome(theme, tuple(found))
    wrong = _syntax_errors(theme)
    whole = replace(theme, closures={name: _closure(theme, name) for name in templates})
    if not wrong:
        memo.put_many(_TABLE, {digest: json.dumps(whole.closures)})
    return Outcome(whole, (*found, *wrong))


_FONTS = (".ttf", ".otf", ".woff", ".woff2")


def _below(folder: str, sources: Sources) -> list[tuple[str, Source]]:
    return [(source.path.removeprefix(f"{folder}/"), source) for source in sources.below(folder)]


def _words(chain: Sequence[str], sources: Sources) -> Outcome[dict[str, dict[str, Any]]]:
    """The words of every language: those of a theme take the place of those in the themes behind it."""
    files = [file for name in reversed(chain) for file in _below(f"themes/{name}/words", sources)]
    words: dict[str, dict[str, Any]] = {}
    found: list[Diagnostic] = []
    for short, source in sorted(files, key=lambda file: _language(file[0]) != _LANGUAGE):  # English is the measure
        read = _read_words(sources.read(source.path).decode("utf-8", "replace"), source.path)
        found.extend(read.diagnostics)
        language, english = _language(short), words.get(_LANGUAGE, {})
        if read.value is not None and read.value.data is not None:
            fit = _fitting(read.value, english, language == _LANGUAGE)
            found.extend(fit.diagnostics)
            words[language] = _merged(words.get(language, {}), fit.value)
    return Outcome(words, tuple(found))


@lru_cache(maxsize=64)
def _read_words(text: str, path: str) -> Outcome[Marked | None]:
    return read_yaml(text, path)


def _language(name: str) -> str:
    return name.rpartition(".")[0].lower()


def _fitting(marked: Marked, english: Mapping[str, Any], adds: bool) -> Outcome[dict[str, Any]]:
    """The words of one file without those that do not fit the English ones; `adds` for a file that may bring new."""
    if not isinstance(marked.data, dict):
        return Outcome({}, (BAD_WORDS.at(marked.place(), "words should be keys and values"),))
    if not english:
        return Outcome(marked.data)
    found: list[Diagnostic] = []
    fit = dict(_fitting_below(marked, (), marked.data, english, adds, found))
    return Outcome(fit, tuple(found))


def _fitting_below(
    marked: Marked, path: Path, own: Mapping[str, Any], english: Mapping[str, Any], adds: bool, found: list[Diagnostic]
) -> Iterator[tuple[str, Any]]:
    for key, value in own.items():
        at, model = (*path, key), english.get(key)
        if model is None and not _is_open(path, key, english):
            hint = did_you_mean(key, english)
            if hint or not adds:
                found.append(BAD_WORDS.at(marked.place(at, key=True), f"unknown word '{key}'", hint))
            yield key, value  # a template of one's own may know it
        elif reason := _misfit(value, model, "any" in english):
            found.append(BAD_WORDS.at(marked.place(at), f"'{key}' {reason}"))
        elif isinstance(model, Mapping):
            yield key, dict(_fitting_below(marked, at, value, model, adds, found))
        else:
            yield key, value


def _is_open(path: Path, key: str, english: Mapping[str, Any]) -> bool:
    """Where any key may stand: the names of sections and kinds, and forms for a number."""
    return path in (("sections",), ("kinds",)) or ("any" in english and key.isdecimal())


def _misfit(value: Any, model: Any, by_number: bool) -> str | None:
    """Why a word cannot stand where the English one, `model`, does (None: any text can); None where it can."""
    if isinstance(model, Mapping):
        return None if isinstance(value, Mapping) else "should be keys and values"
    if isinstance(model, Sequence) and not isinstance(model, str):
        texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return None if texts and len(value) == len(model) else f"should be a list of {len(model)} texts"
    if not isinstance(value, str):
        return "should be text"
    wanted = {"n"} if by_number else set(_PLACEHOLDER.findall(model or ""))
    names = set(_PLACEHOLDER.findall(value))
    if names == wanted or (by_number and names < wanted):
        return None
    return f"should name {', '.join(f'{{{name}}}' for name in sorted(wanted))}" if wanted else "has no {names} in it"


_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def _completed(words: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Every language with English where it lacks a word; `de-AT` with German first."""
    english = words.get(_LANGUAGE, {})
    whole = {language: _merged(english, own) for language, own in {_LANGUAGE: english, **words}.items()}
    variants = {tag: whole[tag.split("-")[0]] for tag in words if "-" in tag and tag.split("-")[0] in whole}
    return {**whole, **{tag: _merged(base, words[tag]) for tag, base in variants.items()}}


def _merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(one)
    for key, value in other.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = _merged(merged[key], value) if both else tuple(value) if isinstance(value, list) else value
    return merged


def _chain(settings: Settings, sources: Sources) -> tuple[list[str], list[Diagnostic]]:
    """The names from the chosen theme down to the one that extends nothing."""
    known = sorted({source.path.split("/")[1] for source in sources.below("themes")})
    chain: list[str] = []
    found: list[Diagnostic] = []
    name: str | None = settings.config.theme.name
    place = settings.place("theme", "name")
    while name is not None and name not in chain:
        if name not in known:
            found.append(NO_THEME.at(place, f"there is no theme '{name}'", did_you_mean(name, known)))
            name = FALLBACK if FALLBACK not in chain else None
            continue
        chain.append(name)
        about, problems = _about(name, sources)
        found.extend(problems)
        place = Place(f"themes/{name}/theme.yaml", 1, 1)
        name = about.extends
    if name is not None:
        found.append(CIRCLE.at(place, f"the theme '{name}' extends itself, by way of {', '.join(chain)}"))
    return list(dict.fromkeys([*chain, *(last for last in (FALLBACK, BUNDLED) if last in known)])) or [FALLBACK], found


def _about(name: str, sources: Sources) -> tuple[About, tuple[Diagnostic, ...]]:
    path = f"themes/{name}/theme.yaml"
    if sources.get(path) is None:
        return About(extends=None if name == FALLBACK else FALLBACK), ()
    read = read_yaml(sources.read(path).decode("utf-8", "replace"), path)
    if read.value is None or read.value.data is None:
        return About(extends=None if name == FALLBACK else FALLBACK), read.diagnostics
    decoded = decode_leniently(About, read.value)
    return decoded.value or About(), decoded.diagnostics


def _syntax_errors(theme: Theme) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    names = {file: name for name, file in theme.files.items()}  # most templates go by two names
    for name in names.values():
        if not _is_sound(theme.templates[name]):
            try:
                compiled(theme).parse(theme.templates[name], name, name)
            except jinja2.TemplateSyntaxError as error:
                found.append(template_problem(error, lambda n: theme.files.get(n, n), theme.templates))
    return found


@lru_cache(maxsize=512)
def _is_sound(text: str) -> bool:
    try:
        _grammar().parse(text)
    except jinja2.TemplateSyntaxError:
        return False
    return True


@lru_cache(maxsize=1)
def _grammar() -> jinja2.Environment:
    return environment({}, FILTERS)


@lru_cache(maxsize=4)
def compiled(theme: Theme) -> jinja2.Environment:
    """The environment of a theme, one for each process."""
    return environment(theme.templates, FILTERS, theme.kept)


@lru_cache(maxsize=512)
def closure_digests(theme: Theme, template: str) -> Mapping[str, str]:
    """The templates that `template` depends on, by the file that each came from, with their digests."""
    return {theme.files[name]: theme.digests[name] for name in theme.closures[template]}


def _closure(theme: Theme, template: str) -> list[str]:
    try:
        return sorted(closure(compiled(theme), template, theme.templates))
    except jinja2.TemplateSyntaxError:
        return sorted(theme.templates)
