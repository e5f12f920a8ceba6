"""Labels of provisions: what stands printed at their head, read with the misspellings of real texts.

One label at a time; its value and its regular form are in `label_forms`, numerals in `numerals`. The tree and the
numbering of a whole document are in `outlines` and `numbering`, mentions of other provisions in `references`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from . import numerals
from .label_forms import Label, LabelKind, renumber, write
from .numerals import Style

__all__ = ["Label", "LabelKind", "find", "read", "renumber", "write"]

_WORDS: dict[LabelKind, str] = {
    LabelKind.SUB_OPTION: r"sub-?\s?option",
    LabelKind.OPTION: r"option|opción|вариант|الخيار",
    LabelKind.ARTICLE: r"article|art\.|artículo|статья|المادة",
    LabelKind.ANNEX: r"annexe?|appendix|appendice|anexo|приложение|المرفق|附件",
    LabelKind.PART: r"part|partie|parte|часть|الجزء",
    LabelKind.CHAPTER: r"chapter|chapitre|capítulo|глава|الفصل",
    LabelKind.SECTION: r"section|sección|раздел",
    LabelKind.PARAGRAPH: r"paragraphe?|para\.|párrafo",
    LabelKind.PREAMBULAR: r"PP",
    LabelKind.OPERATIVE: r"OP",
}
_CHINESE_UNITS = {
    "条": LabelKind.ARTICLE,
    "款": LabelKind.PARAGRAPH,
    "项": LabelKind.SUBPARAGRAPH,
    "章": LabelKind.CHAPTER,
    "节": LabelKind.SECTION,
    "部分": LabelKind.PART,
}
_PARAGRAPHS = (LabelKind.PREAMBULAR, LabelKind.OPERATIVE)

_LETTERED = {
    Style.LETTERS: LabelKind.SUBPARAGRAPH,
    Style.ROMAN: LabelKind.ITEM,
    Style.CAPITALS: LabelKind.HEADING,
    Style.ROMAN_CAPITALS: LabelKind.HEADING,
}
_PARAGRAPHS = (LabelKind.PREAMBULAR, LabelKind.OPERATIVE)

# Past white space, marks of direction, opening brackets and Markdown signs.
_LEAD = re.compile(r"(?:[^\S\n]|[\ufeff\u200e\u200f\u061c>#*_\[\\])*")
# What most lines begin with: a word too long for a figure, in small letters or after one capital no keyword has.
_PLAIN_WORD = re.compile(r"(?![ivxlc]+[.)\s])[a-z]{3}|[BDEFGHJKQTUVWYZ][a-z]")
_KEYWORD = re.compile(
    "(?:" + "|".join(f"(?P<{kind.name}>{words})" for kind, words in _WORDS.items()) + ")"
    r"(?:(?<=件)|(?![^\W\d_]))[^\S\n]*(?:(?P<before>ante|supra)[^\S\n]+)?",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d{1,3}(?:\.\d{1,3})*|[ivxlc]{1,7}(?!\w)|[IVXLC]{1,7}(?!\w)|[a-zA-Z]{1,2}(?!\w)|[一二三四五六七八九十百]{1,5}"
)
_ENCLOSED = re.compile(r"\((\d{1,2}|[ivxlc]{1,6}|[a-zA-Z]{1,2})\)")
_CHINESE = re.compile(
    rf"第([一二三四五六七八九十百]{{1,5}}|\d{{1,3}})({'|'.join(_CHINESE_UNITS)})(?:之([一二三四五六七八九十]{{1,3}}))?"
)
_ALTERNATIVE = re.compile(r"alt(?P<title>\.?[^\S\n]*title)?\.?[^\S\n]*(?P<count>\d{1,2})?(?=[\s.:\[]|$)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?P<period>\.?)(?P<space>[^\S\n]?)(?P<word>[a-z]{3,14})(?!\w)", re.IGNORECASE)
_SUB = re.compile(r" (\d{1,2})(?=[\s.\[]|$)")
_ALT = re.compile(r"(?P<period>\.?)[^\S\n]*alt(?:[.\s]?[^\S\n]*(?P<count>\d{1,2}))?(?!\w)", re.IGNORECASE)
_SUPRA = re.compile(r"[^\S\n]*(ante|supra)(?!\w)", re.IGNORECASE)
_TAIL = re.compile(r"[.):](?=[\s\[\]*(]|$)")
_LIST = re.compile(r"[^\S\n]*(?:[,;–-]|(?:and|or|to|is|are|was|above|below|shall)\b)")
_SMALL_FIGURE = re.compile(r"\(\w{1,3}\)")


def read(text: str, at: int = 0) -> Label | None:
    """Return the label that begins at `at`, past white space, opening brackets and Markdown signs; None for none."""
    start = _LEAD.match(text, at).end()  # type: ignore[union-attr]  # it matches the empty string
    sign = text[start : start + 1]
    if sign == "(":
        return _read_enclosed(text, start)
    if sign.isdecimal():
        return _read_alone(text, start)
    if not sign.isalpha() or _PLAIN_WORD.match(text, start):
        return None
    return (
        _read_keyword(text, start)
        or _read_chinese(text, start)
        or _read_alone(text, start)
        or _read_alternative(text, start)
    )


def find(text: str) -> Iterator[Label]:
    """Yield the labels at the beginnings of the lines of one text, in order."""
    at = 0
    for line in text.split("\n"):
        label = read(text, at)
        if label:
            yield label
        at += len(line) + 1


def _read_keyword(text: str, at: int) -> Label | None:
    word = _KEYWORD.match(text, at)
    if not word or word[0][0].islower():  # "article 7" in lower case mentions another provision
        return None
    kind = next(kind for kind in _WORDS if word[kind.name])
    figure = _FIGURE.match(text, word.end())
    style = numerals.guess_style(figure[0].partition(".")[0]) if figure else None
    head = text[at : word.start("before")] if word["before"] else word[0]
    if figure and style and (style is Style.DIGITS or kind not in _PARAGRAPHS):
        bare = Label(kind, at, "", _read_figure(figure[0], style), style, head, before=(word["before"] or "").lower())
        label = _read_rest(text, bare, figure.end())
        return label if _is_followed(text, label) else None
    label = _read_rest(text, Label(kind, at, "", head=head.strip()), at + len(head.rstrip()))
    return label if kind is LabelKind.ANNEX and _begins_anew(text, label.end) else None


def _read_enclosed(text: str, at: int) -> Label | None:
    found = _ENCLOSED.match(text, at)
    style = numerals.guess_style(found[1]) if found else None
    if not found or not style:
        return None
    kind = LabelKind.ITEM if style is Style.ROMAN else LabelKind.SUBPARAGRAPH
    label = _read_rest(text, Label(kind, at, "", _read_figure(found[1], style), style, "(", ")"), found.end())
    return None if text[label.end : label.end + 1].isalnum() else label


def _read_chinese(text: str, at: int) -> Label | None:
    found = _CHINESE.match(text, at)
    if not found:
        return None
    figure, unit, suffix = found.groups()
    style = Style.DIGITS if figure.isdecimal() else Style.CHINESE
    number = _read_figure(figure, style)
    label = Label(_CHINESE_UNITS[unit], at, found[0], number, style, "第", unit)
    return replace(label, suffix=numerals.read(suffix, Style.CHINESE) or 0) if suffix else label


def _read_alone(text: str, at: int) -> Label | None:
    """Read `1.`, `2.bis`, `16.5 quater`, `a)`, `IV.`, `e terdecies`: a figure with a mark or a suffix behind it."""
    figure = _FIGURE.match(text, at)
    style = numerals.guess_style(figure[0].partition(".")[0]) if figure else None
    if not figure or not style or style is Style.CHINESE:
        return None
    kind = _LETTERED.get(style, LabelKind.PARAGRAPH)
    label = _read_rest(text, Label(kind, at, "", _read_figure(figure[0], style), style), figure.end())
    if label.tail or label.suffix or label.alt or label.before:
        return None if text[label.end : label.end + 1].isalnum() else label
    return label if len(label.number) > 1 and _begins_anew(text, label.end) else None


def _read_alternative(text: str, at: int) -> Label | None:
    """Read `Alt title 2:` and the bare `Alt2` of a rival wording."""
    found = _ALTERNATIVE.match(text, at)
    if not found:
        return None
    kind = LabelKind.TITLE if found["title"] else LabelKind.ALTERNATIVE
    count = int(found["count"] or 1)
    end = at + len(found[0].rstrip())
    tail = _TAIL.match(text, end)
    return Label(
        kind,
        at,
        text[at : tail.end() if tail else end],
        head="Alt title" if found["title"] else "Alt",
        tail=tail[0] if tail else "",
        alt=count,
        alt_is_counted=bool(found["count"]),
    )


def _read_figure(figure: str, style: Style) -> tuple[int, ...]:
    *outer, last = figure.split(".")
    return (*map(int, outer), numerals.read(last, style) or 0)


def _read_rest(text: str, label: Label, at: int) -> Label:
    """Read what follows the figure: *bis* and its number, *alt* and its own suffix, *supra*, and the mark behind."""
    period = text.startswith(".", at)
    suffix, at = _read_suffix(text, at)
    sub = _SUB.match(text, at) if suffix else None
    at = sub.end() if sub else at
    alt = _ALT.match(text, at)
    at = alt.end() if alt else at
    alt_suffix, at = _read_suffix(text, at) if alt else (0, at)
    supra = _SUPRA.match(text, at) if not label.before else None
    at = supra.end() if supra else at
    end = _TAIL.match(text, at)
    # The full stop of "41. Alt1" comes at the end in the regular form.
    tail = end[0] if end else "." if period and (suffix or alt) else ""
    return replace(
        label,
        printed=text[label.start : end.end() if end else at],
        tail=tail,
        suffix=suffix,
        sub=int(sub[1]) if sub else 0,
        alt=int(alt["count"] or 1) if alt else 0,
        alt_is_counted=bool(alt and alt["count"]),
        alt_suffix=alt_suffix,
        before=supra[1].lower() if supra else label.before,
    )


def _read_suffix(text: str, at: int) -> tuple[int, int]:
    """Return the Latin suffix that begins at `at` and where it ends, 0 where none does.

    Behind a full stop and a space only the regular form counts: `4. Quarter of an hour` is no suffix.
    """
    found = _SUFFIX.match(text, at)
    if not found:
        return 0, at
    number = numerals.read_ordinal(found["word"])
    is_loose = found["period"] and found["space"]
    if number is None or (is_loose and found["word"] not in numerals.LATIN):
        return 0, at
    return number, found.end()


def _is_followed(text: str, label: Label) -> bool:
    """Tell whether a keyword and its number label what follows rather than mention another provision."""
    if label.kind in _PARAGRAPHS:
        return not _LIST.match(text, label.end)
    return bool(label.tail) or _begins_anew(text, label.end)


def _begins_anew(text: str, at: int) -> bool:
    rest = text[at : at + 40].partition("\n")[0]
    words = rest.lstrip()
    if not words or words[0] in "[]*_\\":
        return True
    if words[0] == "(":
        return not _SMALL_FIGURE.match(words)
    is_apart = len(words) < len(rest)
    return is_apart and (words[0] in "—–-" or (words[0].isalpha() and not words[0].islower()))
