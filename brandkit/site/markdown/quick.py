"""The same reader of Markdown, quicker: it asks only the rules that can apply, as the next character tells.

In: a reader with all its rules and plugins. It gives the same for every text. Most rules of
markdown-it begin with a look at one character, and are asked at each place where something could begin.
A rule that is not named here makes `ask_by_first_character` raise KeyError: nothing is left out silently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import partial
from typing import Any, TypeVar, cast

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

BlockRule = Callable[[StateBlock, int, int, bool], bool]
InlineRule = Callable[[StateInline, bool], bool]
Rule = TypeVar("Rule")

# with which characters what a rule reads begins; "" is any
_BLOCKS = {
    "table": "",
    "code": "",
    "math_block": "$",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
    "lheading": "",
    "deflist": "",
    "paragraph": "",
}
_INLINE = {
    "text": "",
    "linkify": ":",
    "newline": "\n",
    "math_inline": "$",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "wikilink": "[",
    "link": "[",
    "image": "!",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "attr": "{",
}
_CHAINS = ("paragraph", "reference", "blockquote", "list")  # whose end other blocks may be
_LONGEST_ADDRESS = 4096  # characters
# How often a text may ask whether a block begins: few ask once a line. Where lists, definitions and paragraphs run into
# each other, each line would look through all that follow.
_ASKED_FREELY, _ASKED_A_LINE = 50_000, 40
_MUCH_TEXT, _KEPT_BACK = 256, 8  # characters; the longest scheme, and what stands before it
# what can begin something; `]` ends the label of a link
_STOPS = r"\n\\`~*_\[\]<&{"
_NOTHING = r"!(?!\[)|:(?!//)|\^(?!\[)"  # begins something only together with what follows
# an address that stays what it is: a short plain host, a plain path
_NORMAL_LINK = re.compile(
    r"(?:https?://(?:[a-z0-9]{1,14}[.-]){1,3}[a-z]{2,14}/|/)?(?:[A-Za-z0-9._~-][A-Za-z0-9._~/-]*)?(?:#[A-Za-z0-9._-]*)?"
)
_WEB_LINK = re.compile(r"[ (]https?:")
_SCHEME = re.compile(r"(?<![a-z0-9.+-])(?:https?|ftp|mailto)\Z", re.IGNORECASE)


class Reader(MarkdownIt):
    """The reader of markdown-it, with a shorter way for the addresses that most links have, and an end to its work."""

    left_to_ask = 0

    def parse(self, src: str, env: MutableMapping[str, Any] | None = None) -> list[Token]:
        """The blocks of a text. Raises RuntimeError where they can not be told apart in a bearable time."""
        self.left_to_ask = _ASKED_FREELY + _ASKED_A_LINE * src.count("\n")
        return super().parse(src, env)

    def normalizeLink(self, url: str) -> str:
        return url if _NORMAL_LINK.fullmatch(url) else super().normalizeLink(url)


def ask_by_first_character(md: MarkdownIt) -> None:
    """Let a reader that is complete ask only the rules that can apply."""
    _blocks(md)
    _inlines(md)
    _core(md)


def _blocks(md: MarkdownIt) -> None:
    ruler = md.block.ruler
    names = dict(zip(ruler.getRules(""), ruler.get_active_rules(), strict=True))
    chains = {chain: [(names[rule], rule) for rule in ruler.getRules(chain)] for chain in ("", *_CHAINS)}
    first = ruler.get_all_rules()[0]
    ruler.before(first, "any", _block_rule(chains.pop("")))
    for chain, rules in chains.items():
        ruler.push(f"end of {chain}", _block_rule(rules), {"alt": [chain]})
    # some of these is a paragraph at the latest, so the others are never asked; but `code` has to be active by name
    ruler.enableOnly(["any", "code", *(f"end of {chain}" for chain in chains)])


def _block_rule(rules: Sequence[tuple[str, BlockRule]]) -> BlockRule:
    """One rule for a chain of them. Code and empty lines are asked about as ever."""
    every = [rule for _, rule in rules]
    quicker = [(_BLOCKS[name], _IF[name](rule) if name in _IF else rule) for name, rule in rules if name != "code"]
    by_character, others = _by_character(quicker)

    def ask(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        _count_down(cast(Reader, state.md), state.level)
        start = state.bMarks[line] + state.tShift[line]
        usual = start >= state.eMarks[line] or state.sCount[line] - state.blkIndent > 3
        for rule in every if usual else by_character.get(state.src[start], others):
            if rule(state, line, end, silent):
                return True
        return False

    return ask


def _count_down(md: Reader, level: int) -> None:
    md.left_to_ask -= 1
    if md.left_to_ask < 0:
        raise RuntimeError("its lists and paragraphs run into each other; put empty lines between them")
    if level > md.options.maxNesting - 3:  # a list takes two levels; deeper in, markdown-it leaves out what is there
        raise RuntimeError(f"its lists or quotes stand {level} levels deep in each other")


def _if_barred(table: BlockRule) -> BlockRule:
    """The rule of tables, where the first line of one may stand."""

    def ask(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        return state.src.find("|", state.bMarks[line], state.eMarks[line]) >= 0 and table(state, line, end, silent)

    return ask


def _if_followed(lheading: BlockRule) -> BlockRule:
    """The rule of underlined headings, where a line follows."""

    def ask(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        if line + 1 < end and not state.isEmpty(line + 1):
            return lheading(state, line, end, silent)
        state.parentType = "paragraph"  # what the rule leaves behind
        return False

    return ask


_IF = {"table": _if_barred, "lheading": _if_followed}


def _if_named(linkify: InlineRule) -> InlineRule:
    """The rule of bare addresses, where a scheme that it knows stands right before.

    The rule itself would look through all the text so far, and loses its way where that is not what stands before.
    """

    def ask(state: StateInline, silent: bool) -> bool:
        written = _SCHEME.search(state.src, max(0, state.pos - 7), state.pos)
        pending = _SCHEME.search(state.pending, max(0, len(state.pending) - 7))
        if written is None or pending is None:
            return False
        if len(state.pending) > _MUCH_TEXT and not silent:  # the rule searches it from its beginning
            before, kept = state.pending[:-_KEPT_BACK], state.pending[-_KEPT_BACK:]
            state.pending = before
            state.pushPending()
            state.pending = kept
        return linkify(state, silent)

    return ask


def _inlines(md: MarkdownIt) -> None:
    ruler, after = md.inline.ruler, md.inline.ruler2
    rules = list(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))
    named = [(name, _if_named(rule) if name == "linkify" else rule) for name, rule in rules if name != "text"]
    by_character, _ = _by_character([(_INLINE[name], rule) for name, rule in named])
    stops = _STOPS + ("$" if "$" in by_character else "")
    text = re.compile(rf"(?:[^{stops}!:^]++|{_NOTHING})++")
    ruler.push("any", _inline_rule(text, by_character))
    ruler.enableOnly("any")
    md.core.ruler.at("inline", partial(_inline, text))
    pairs = after.getRules("")

    def pair(state: StateInline) -> None:
        if len(state.tokens) > 1:  # one piece of text alone has nothing to be paired or joined with
            for rule in pairs:
                rule(state)

    after.push("any", pair)
    after.enableOnly("any")


def _inline(text: re.Pattern[str], state: StateCore) -> None:
    """Read what stands within the blocks; what is nothing but text need not be read."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            if text.fullmatch(token.content):
                token.children.append(Token("text", "", 0, content=token.content))
            else:
                state.md.inline.parse(token.content, state.md, state.env, token.children)


def _inline_rule(text: re.Pattern[str], by_character: Mapping[str, Sequence[InlineRule]]) -> InlineRule:
    """One rule for all: text up to where something can begin, and there the rules that begin so."""
    plain = text.match

    def ask(state: StateInline, silent: bool) -> bool:
        match = plain(state.src, state.pos, state.posMax)
        if match:
            if not silent:
                state.append_pending(match[0])
            state.pos = match.end()
            return True
        for rule in by_character.get(state.src[state.pos], ()):  # noqa: SIM110 - runs for each mark
            if rule(state, silent):
                return True
        return False

    return ask


def _by_character(rules: Sequence[tuple[str, Rule]]) -> tuple[dict[str, list[Rule]], list[Rule]]:
    """The rules for each character with which one begins, in their order, and those for all others."""
    characters = {character for begins, _ in rules for character in begins}
    by_character = {c: [rule for begins, rule in rules if not begins or c in begins] for c in characters}
    return by_character, [rule for begins, rule in rules if not begins]


def _core(md: MarkdownIt) -> None:
    ruler = md.core.ruler
    rules = dict(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))
    ruler.at("normalize", _normalize)
    join = rules["text_join"]

    def join_if_apart(state: StateCore) -> None:
        if "\\" in state.src or "&" in state.src:  # only what was escaped stands apart from the text beside it
            join(state)

    ruler.at("text_join", join_if_apart)
    md.linkify = _Addresses(options={"fuzzy_link": False, "fuzzy_email": False})  # `README.md` is no web address


def _normalize(state: StateCore) -> None:
    state.src = state.src.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


class _Addresses(LinkifyIt):  # type: ignore[misc]  # it comes without types
    """Finds addresses in text. Each that is written out holds two slashes or an at sign."""

    def pretest(self, text: str) -> bool:
        return "@" in text or ("//" in text and (bool(_WEB_LINK.search(text)) or super().pretest(text)))

    def test(self, text: str) -> bool:
        return ("//" in text or "@" in text) and bool(super().test(text))

    def test_schema_at(self, text: str, name: str, position: int) -> int:
        """How long the rest of an address is. One that is longer than any browser takes is none: to look for its end
        from each place where one might begin would take a time that grows with the square of the text."""
        length = int(super().test_schema_at(text[: position + _LONGEST_ADDRESS + 1], name, position))
        return length if length <= _LONGEST_ADDRESS else 0
