"""Reads back the Markdown and the plain text that we write: the words of the text, without what stands around them.

Such a file says where its text begins and ends (`drafting.text.frames`). What is passed over is said: the first page,
tables, amendments printed behind their provisions, brackets' holders. Files of others are read by `markdown`, `text`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from drafting.imports.blocks import Remark
from drafting.text import directions, frames
from drafting.text.document import Block, Document, Footnote, Form, Mark, Masthead, Run

_PASSED = "The first page, tables and notes around the text of our own file are no words of it."
_BESIDE = "Amendments behind their provisions, and where a provision was taken out, are no words of the text."
_STATUS = re.compile(r" \*\*((?:[^*\\\n]|\\.)+)\*\*$")
_QUOTED = re.compile("(?:> )*")
_BRACE = r"(?P<brace>\{)\{"
_SIGN = r"\[\^(?P<sign>\w{1,12})\]"
_PIECE = re.compile(
    r"<ins>(?P<inserted>.*?)</ins>|<del>(?P<deleted>.*?)</del>|<sup>(?P<holders>[^<]*)</sup>"
    rf"|\*\*\{{(?P<gap>\d+)\}}\*\*|{_SIGN}",
    re.DOTALL,
)
#: The same of a plain text, by the mark its legend names.
_MARKED = {
    "{+ +}": r"\{\+(?P<inserted>.*?)\+\}",
    "{- -}": r"\{-(?P<deleted>.*?)-\}",
    "{1}": r"\{(?P<gap>\d+)\}",
}
_ESCAPED = re.compile(r"\\([\\`*_<>|~&#+.)(:=-])")
_PLAIN_STATUS = re.compile(r"  <([^<>\n]+)>$")
_NOTE = re.compile(r"\[\^(\w{1,12})\]: (.*)", re.DOTALL)
_INDENT = "    "
#: Characters that a report shows of what is passed over.
_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Parts:
    """A file of ours: what stands before its text, the text's parts, what stands behind it."""

    before: tuple[str, ...]
    text: tuple[str, ...]
    behind: tuple[str, ...]

    @property
    def around(self) -> Iterator[str]:
        """What is no part of the text and no footnote of it."""
        yield from self.before
        yield from (part for part in self.behind if not _NOTE.fullmatch(part))


def read(text: str) -> tuple[str, Document, tuple[Remark, ...]] | None:
    """Return what kind of file it is, its document and what was passed over, None for a file of others."""
    lines = [_turned(line) for line in text.split("\n")]
    framed = [at for sign in frames.MARKDOWN for at, line in enumerate(lines) if line == sign]
    if len(framed) == 2 and framed[0] < framed[1]:
        return "Markdown", *_document(_parts(lines, *framed), _markdown_block, _markdown_runs)
    ruled = frames.rules(lines)
    if ruled is None:
        return None
    parts = _parts(lines, *ruled)
    plain = _Plain("\n".join(parts.before))
    return "plain text", *_document(parts, plain.block, plain.runs)


def _document(
    parts: Parts, block: Callable[[str], Block | None], runs: Callable[[str], Iterator[Run]]
) -> tuple[Document, tuple[Remark, ...]]:
    notes = [found for part in parts.behind if (found := _NOTE.fullmatch(part))]
    names = {found[1] for found in notes}
    blocks = [block(part) for part in parts.text]
    body = tuple(replace(one, runs=tuple(_signed(one.runs, names))) for one in blocks if one is not None)
    footnotes = tuple(Footnote(found[1], tuple(runs(found[2]))) for found in notes)
    remarks = [Remark(_PASSED, _shortened(parts.around))]
    beside = [part for part, one in zip(parts.text, blocks, strict=True) if one is None]
    remarks += [Remark(_BESIDE, _shortened(beside))] if beside else []
    title = _title(parts.before)
    head = Masthead(organ="", symbol="", title=title, kind="", date="", moment="")
    return Document(head, (), body, footnotes=footnotes), tuple(remarks)


def _shortened(passed: Iterable[str]) -> str:
    """Return the first words of what is passed over, which stays in the file: enough to know it again."""
    words = " ".join(" ".join(passed).split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _title(before: Sequence[str]) -> str:
    """Return the title of a first page: Markdown's heading, or the first line of the second part of a plain one."""
    for part in before:
        if part.startswith("# "):
            return _unescaped(part.removeprefix("# "))
    return before[1].split("\n")[0] if len(before) > 1 else ""


def _parts(lines: Sequence[str], begin: int, end: int) -> Parts:
    cut = (lines[:begin], lines[begin + 1 : end], lines[end + 1 :])
    before, text, behind = (tuple(_split(some)) for some in cut)
    return Parts(before, text, behind)


def _split(lines: Sequence[str]) -> Iterator[str]:
    """Yield what blank lines part; a line of spaces stands inside a provision."""
    held: list[str] = []
    for line in [*lines, ""]:
        if line:
            held.append(line)
        elif held:
            yield "\n".join(held)
            held = []


def _turned(line: str) -> str:
    """Return a line without the mark that makes programs begin it at the right."""
    bare = line.removeprefix("\u200f")
    return bare if directions.begun(bare) == line else line


def _signed(runs: Iterable[Run], names: set[str]) -> Iterator[Run]:
    """Yield the runs with signs of footnotes that the file does not have as words again."""
    for run in runs:
        is_word = run.mark is Mark.FOOTNOTE and run.text not in names
        yield Run(f"[^{run.text}]") if is_word else run


def _runs(words: str, piece: re.Pattern[str], plain: Callable[[str], str]) -> Iterator[Run]:
    """Yield the runs of words in which `piece` finds what is marked; holders are left out."""
    at = 0
    for found in piece.finditer(words):
        if found.start() > at:
            yield Run(plain(words[at : found.start()]))
        at = found.end()
        match found.lastgroup:
            case "inserted" | "deleted" as kind:
                yield Run(plain(found[kind]), Mark.INSERTED if kind == "inserted" else Mark.DELETED)
            case "gap":
                yield Run("", Mark.GAP, int(found["gap"]))
            case "sign":
                yield Run(found["sign"], Mark.FOOTNOTE)
            case "brace":
                yield Run("{")
    if at < len(words):
        yield Run(plain(words[at:]))


def _markdown_runs(words: str) -> Iterator[Run]:
    return _runs(words, _PIECE, _unescaped)


def _markdown_block(part: str) -> Block | None:
    """Return the block of one part of our Markdown, None for one that is no words of the text."""
    lines = part.split("\n")
    depth = len(_QUOTED.match(lines[0])[0]) // 2  # type: ignore[index]  # it matches nothing, too
    lines = [line.removeprefix("> " * depth) for line in lines]
    *broken, last = lines
    words = "".join(line.removesuffix("  ") + ("\n" if line.endswith("  ") else " ") for line in broken) + last
    if lines[0] == frames.PROPOSAL or (words.startswith("*(") and words.endswith(")*")):
        return None
    status = _STATUS.search(words)
    words = words[: status.start()] if status else words
    is_heading = words.startswith("## ")
    words = words.removeprefix("## ").replace("<br>", "\n") if is_heading else words
    form = Form.HEADING if is_heading else Form.PARAGRAPH
    return Block(tuple(_markdown_runs(words)), form, depth=depth, status=_unescaped(status[1]) if status else "")


def _unescaped(words: str) -> str:
    return _ESCAPED.sub(r"\1", words)


class _Plain:
    """A plain text of ours: which of its signs are marks is said by the legend on its first page."""

    def __init__(self, before: str) -> None:
        legend = [line.split("  ", 1) for line in before.split("\n") if "  " in line]
        self._statuses = {meaning for mark, meaning in legend if mark == "< >"}
        marked = [pattern for mark, pattern in _MARKED.items() if any(mark == one for one, _ in legend)]
        self._piece = re.compile("|".join((_BRACE, *marked, _SIGN)), re.DOTALL)

    def runs(self, words: str) -> Iterator[Run]:
        """Yield the runs of words; a sign that the legend does not name stands for itself."""
        return _runs(words, self._piece, str)

    def block(self, part: str) -> Block | None:
        """Return the block of one part, None for one that is no words of the text."""
        lines = part.split("\n")
        depth = (len(lines[0]) - len(lines[0].lstrip(" "))) // len(_INDENT)
        lines = [line.removeprefix(_INDENT * depth) for line in lines]
        if lines[0].startswith(f"{frames.BESIDE} "):
            return None
        doubled = frames.BESIDE * 2
        lines = [line[1:] if line.startswith(doubled) else "" if line == " " else line for line in lines]
        words = "\n".join(lines)
        status = _PLAIN_STATUS.search(words)
        if status and status[1] in self._statuses:
            return Block(tuple(self.runs(words[: status.start()])), depth=depth, status=status[1])
        return Block(tuple(self.runs(words)), depth=depth)
