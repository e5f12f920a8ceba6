"""Tokens: the pieces a text is compared in, and the door at which a text is made clean.

Words for scripts that space them, ICU's dictionary words for Chinese, Japanese, Thai, Lao, Khmer and Burmese, each
bracket alone. Pairs and nesting are in `brackets`; differences between token lists are in `diffs`.
"""

import re
import unicodedata

import regex
from icu4py.breakers import WordBreaker

from .errors import TextError

_EXTEND = r"[\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}]"
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
# A prepended letter and an emoji-like letter (ℹ) begin graphemes that reach beyond a word: \X takes them whole.
_LETTER = rf"[[\p{{L}}\p{{N}}_]--[{_UNSPACED}]--\p{{GCB=Prepend}}--\p{{Extended_Pictographic}}]"
_WORD = rf"(?:{_LETTER}{_EXTEND}*)+"
_TOKEN = regex.compile(
    rf"{_WORD}(?:(?:['’ʼ.\-‑]|(?<=\p{{Nd}}),(?=\p{{Nd}})){_WORD})*"
    rf"|(?P<unspaced>(?:[{_UNSPACED}]{_EXTEND}*)+)"
    rf"|\r\n|(?:[^\S\r\n](?!{_EXTEND}))+|\X",
    regex.V1,
)
# Latin, Greek, Cyrillic and Arabic letters with no marks of their own, and common punctuation: there every character
# but CRLF is a grapheme, and the standard library's pattern gives the same tokens ten times faster.
_BEYOND_PLAIN = re.compile(
    r"[^\x00-\u02ff\u0370-\u0482\u048a-\u052f\u060c\u061b\u061f\u0620-\u064a\u0660-\u066d\u2010-\u2027\u202f-\u205e]"
)
_PLAIN_TOKEN = re.compile(r"\w++(?:(?:['’.\-‑]|(?<=\d),(?=\d))\w++)*+|\r\n|[^\S\r\n\x1c-\x1f]++|[\s\S]")
_BRACKET = re.compile(r"([\[\]])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def tokenize(text: str) -> list[str]:
    """Return the tokens of `text`; joining them gives `text` back.

    A bracket is a token of its own even before a combining mark; no other grapheme is split; a line feed stands apart
    from spaces. Word breaks of unspaced scripts are ICU's, so they move with its dictionaries.
    """
    return list(cut(text))


def is_word(token: str) -> bool:
    """Tell whether `token` holds a letter or a digit of any script."""
    return any(map(str.isalnum, token))


def differ_in_spaces(one: str, other: str) -> bool:
    """Tell whether two texts differ, and in white space beside their tokens alone.

    "maybe" and "may be" are other words; so are "e-mail" and "e mail".
    """
    if one == other or "".join(one.split()) != "".join(other.split()):
        return False
    return _spaceless(one) == _spaceless(other)


def _spaceless(text: str) -> list[str]:
    return [token for token in cut(text) if not token.isspace()]


def canonical(text: str) -> str:
    """Return `text` in NFC with line feeds as its only line ends; nothing is refused but half a surrogate pair."""
    lone = _SURROGATE.search(text)
    if lone:
        where = _where(text, lone.start())
        raise TextError(f"The text holds half a character (a lone surrogate) {where}", at=lone.start())
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def normalise(text: str) -> str:
    """Return `text` as every text of the house is kept: NFC, line feeds, no control character but tab and line feed.

    Raises `TextError`, naming the place in code points, for NUL, another C0 control or a lone surrogate.
    """
    text = canonical(text)
    control = _CONTROL.search(text)
    if control:
        name = f"U+{ord(control.group()):04X}"
        where = _where(text, control.start())
        raise TextError(f"The text holds the control character {name} {where}", at=control.start())
    return text


def _where(text: str, at: int) -> str:
    """Return how people find a place: by the words before it."""
    before = " ".join(text[max(0, at - 40) : at].split()[-4:])
    behind = f", behind “{before}”" if before else ""
    return f"at position {at}{behind}: delete it there, or paste the words as plain text."


def cut(text: str) -> tuple[str, ...]:
    """Return what `tokenize` returns, as a tuple."""
    if _is_plain(text):
        return tuple(_PLAIN_TOKEN.findall(text))
    found: list[str] = []
    # Cutting at the brackets first keeps any grapheme, a prepended sign's too, from swallowing one.
    for piece in _BRACKET.split(text):
        found += _PLAIN_TOKEN.findall(piece) if _is_plain(piece) else _tokens_of_unicode(piece)
    return tuple(found)


def _is_plain(text: str) -> bool:
    return text.isascii() or not _BEYOND_PLAIN.search(text)


def _tokens_of_unicode(piece: str) -> list[str]:
    found: list[str] = []
    for match in _TOKEN.finditer(piece):
        if match["unspaced"]:
            found += _words_of_unspaced(match[0])
        else:
            found.append(match[0])
    return found


def _words_of_unspaced(run: str) -> list[str]:
    """Return ICU's words of `run`, a break inside a grapheme undone."""
    words: list[str] = []
    edges = {match.end() for match in regex.finditer(r"\X", run)}
    begin = end = 0
    for word in WordBreaker(run, "en"):
        end += len(word)
        if end in edges:
            words.append(run[begin:end])
            begin = end
    return words
