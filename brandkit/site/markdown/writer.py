"""The writer of HTML: as markdown-it writes it, the plain tags without detours."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict


class Writer(RendererHTML):
    """Writes tokens as HTML, each by the rule of its type."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        rules, others = self.rules, self.renderToken
        return "".join([rules.get(t.type, others)(tokens, at, options, env) for at, t in enumerate(tokens)])

    renderInline = render

    def inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """The rule of what stands within a block."""
        return self.render(tokens[idx].children or (), options, env)

    def renderToken(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        if token.hidden:
            return ""
        if token.attrs or token.nesting == 0 or (token.block and token.nesting == 1 and not _holds_text(tokens, idx)):
            return super().renderToken(tokens, idx, options, env)
        if token.nesting == -1:
            return f"</{token.tag}>\n" if token.block else f"</{token.tag}>"
        return f"<{token.tag}>"


def _holds_text(tokens: Sequence[Token], index: int) -> bool:
    """Whether nothing but text follows an opening tag, on its line, and no paragraph without tags stands before."""
    return tokens[index + 1].type == "inline" and not tokens[index - 1].hidden
