"""Descriptions as plain text: docstrings are read in editors and terminals, which show neither HTML nor Markdown.

Decides what of the markup stays: paragraphs, lists, tables, code and the addresses of links. What is no known markup
stays as it is written.

Source: CommonMark 0.31.2; the elements of HTML that descriptions use.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

_TAG = re.compile(
    r"</?(?P<name>a|abbr|b|big|blockquote|br|center|code|dd|del|details|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|ol"
    r"|p|pre|s|samp|section|small|span|strike|strong|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul|var)"
    r"(?P<attributes>(?:\s[^<>]*)?)/?>",
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"<a\s[^<>]*?href\s*=\s*[\"']?([^\"'\s<>]+)[^<>]*>(.{0,500}?)</a\s*>", re.IGNORECASE | re.DOTALL)
_BREAKS = {
    "br": "\n", "tr": "\n", "p": "\n\n", "div": "\n", "ul": "\n", "ol": "\n", "table": "\n\n", "blockquote": "\n\n"
}  # fmt: skip
_CODE = frozenset({"code", "kbd", "samp", "tt", "var"})
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

_IMAGE = re.compile(r"!\[([^\]\n]*)\]\([^()\s]*(?:\s+\"[^\"\n]*\")?\)")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\(\s*<?([^()\s<>]+)>?(?:\s+\"[^\"\n]*\")?\s*\)")
# Not `__strong__`: that may be a name.
_STRONG = re.compile(r"(?<![\w*\\])\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}(?:-[ \t]*){3,}$|^ {0,3}(?:\*[ \t]*){3,}$|^ {0,3}(?:_[ \t]*){3,}$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([*_`\[\]#<>])")
_PROTECTED = re.compile(r"(```.*?```|~~~.*?~~~|`[^`\n]+`)", re.DOTALL)
"""Code, in which markup is text."""
_MARKUP = re.compile(r"[<&*_\[#\\]|^ {0,3}-{3}", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Returns a description without the markup that a reader of plain text stumbles over.

    `**Note**: see <a href="/docs">the docs</a>` becomes `Note: see the docs (/docs)`.
    """
    if not _MARKUP.search(text):
        return text
    parts = _PROTECTED.split(text)
    parts[::2] = [_without_markdown(_without_html(part)) for part in parts[::2]]
    return _BLANK.sub("\n\n", "".join(parts)).strip()


def _without_html(text: str) -> str:
    if "<" in text:
        text = _COMMENT.sub("", text)
        text = _ANCHOR.sub(lambda found: _linked(found[2], found[1]), text)
        text = _TAG.sub(_replacement, text)
    return html.unescape(text) if "&" in text else text


def _replacement(tag: re.Match[str]) -> str:
    name = tag["name"].lower()
    if name in _CODE:
        return "`"
    if name == "li":
        return "" if tag[0].startswith("</") else "\n- "
    if name in _BREAKS:
        return _BREAKS[name] if name == "br" or tag[0].startswith("</") else "\n"
    return "\n" if name[0] == "h" and name != "hr" else ""


def _without_markdown(text: str) -> str:
    # Most texts have one kind of markup: to look for a character is many times as fast as to search for a pattern.
    if "](" in text:
        text = _IMAGE.sub(r"\1", text)
        text = _LINK.sub(lambda found: _linked(found[1], found[2]), text)
    if any(text.count(character) >= 3 for character in "-*_"):
        text = _RULE.sub("", text)
    if "#" in text:
        text = _HEADING.sub(r"\1", text)
    if "*" in text:
        text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\1", text))
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _linked(text: str, address: str) -> str:
    """Returns a link in plain text; an address within the page leads nowhere from there."""
    text = " ".join(text.split())
    if address.startswith("#") or address == text:
        return text
    return f"{text} ({address})" if text else address
