"""Text made safe to show: nothing that moves a cursor, changes a colour or turns the reading direction gets through."""

from __future__ import annotations

import re
from typing import Final

_SPELT: Final = {
    "●": "*", "○": "o", "★": "*", "─": "-", "—": "-", "–": "-", "…": ".", "·": ".", "×": "x", "\u00a0": " ",
    "±": "+-", "≠": "!=", "≤": "<=", "≥": ">=", "∞": "inf",
}  # fmt: skip
"""What stands for the signs of our own where an output cannot hold them: each mark still differs from the others."""
_BLANK: Final = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")
_HIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Control, format, bidirectional and lone surrogate characters; the joiners that emoji and scripts need may stay."""


def visible(text: str) -> str:
    r"""Return a text with every control and direction character written out, its line breaks kept.

    >>> visible("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return _HIDDEN.sub(_written_out, text)


def inline(text: str) -> str:
    r"""Return a text as one line with every control and direction character written out.

    >>> inline("two\nlines,\u202e reversed")
    'two lines,\\u202e reversed'
    """
    return _HIDDEN.sub(_written_out, _BLANK.sub(" ", text)).strip()


def _written_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def spelt_out(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for a character that an encoding does not have; a handler for `codecs.register_error`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_SPELT.get(sign, "?") for sign in error.object[error.start : error.end]), error.end


def web_address(url: str | None) -> str | None:
    """Return an address that may be linked to: `http` or `https`, in one piece; `None` for any other."""
    return url if url is not None and re.fullmatch(r"https?://[^\s<>\"\x00-\x20\x7f-\x9f]+", url) else None
