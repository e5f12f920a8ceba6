"""Redlines for the eye: an amendment's edits with a little of the words around them, or a whole comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from drafting.queries.cards import Card, Ground, HunkCard
from drafting.queries.pages import ProvisionShown
from drafting.text import readings
from drafting.text.document import Mark, Run
from drafting.views import rendering

#: Characters of context on each side of an edit.
AROUND = 36


class Edit(Protocol):
    """One edit of a provision: `struck` gives way to `words` at `lo`–`hi` (code points), or `words` come after it."""

    @property
    def lo(self) -> int: ...
    @property
    def hi(self) -> int: ...
    @property
    def struck(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def inserts_after(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Redline:
    """What an amendment does to one provision, or what it puts in after it (`is_new`)."""

    address: str
    html: SafeString
    is_new: bool = False


def of_provision(card: Card, provision: ProvisionShown) -> tuple[Redline, ...]:
    """Return the redlines of an amendment on one provision, with its words around."""
    wanted = [hunk for hunk in card.hunks if hunk.provision == provision.id]
    return tuple(
        Redline(provision.address, excerpt(edits, provision.content), is_new) for (_, is_new), edits in _parts(wanted)
    )


def of_card(card: Card, grounds: Mapping[tuple[UUID, int], Ground]) -> tuple[Redline, ...]:
    """Return the redlines of an amendment on every provision it touches, with the words around.

    Where every edit is open they are the words that stand, otherwise those it was lodged on.
    """
    return tuple(
        Redline(address, _placed(edits, grounds.get((card.version, edits[0].provision))), is_new)
        for (address, is_new), edits in _parts(card.hunks)
    )


def _parts(hunks: Iterable[HunkCard]) -> Iterable[tuple[tuple[str, bool], list[HunkCard]]]:
    """Return edits by the provision they are on, those that put in a new one after it apart."""
    found: dict[tuple[str, bool], list[HunkCard]] = {}
    for hunk in hunks:
        found.setdefault((hunk.address, hunk.inserts_after), []).append(hunk)
    return found.items()


def _placed(hunks: Sequence[HunkCard], ground: Ground | None) -> SafeString:
    if ground and any(hunk.outcome != "open" and not hunk.inserts_after for hunk in hunks):
        return around(ground.base, ground.words)
    return excerpt(hunks, ground.now if ground else "")


def excerpt(edits: Iterable[Edit], words: str = "", longest: int | None = None) -> SafeString:
    """Return the edits with up to `AROUND` characters on each side, cut at spaces, "…" where words are left out.

    `words` are the provision's as they stand; without them, or for an edit that is decided, the edit stands alone.
    What is struck or put in is shown whole, or up to `longest` characters of it. Edits at one offset keep their order.
    """
    ordered = sorted(edits, key=lambda row: row.lo)
    limits = [*(row.lo for row in ordered[1:]), len(words)]
    parts: list[str] = []
    at = 0
    for hunk, limit in zip(ordered, limits, strict=True):
        if not words or hunk.outcome != "open" or hunk.inserts_after:
            put = _put(hunk.words.strip("\n"), longest)
            parts += (" … " if parts else "", _struck(hunk.struck, longest), put)
            continue
        start = _cut_before(words, at, hunk.lo)
        before, struck = words[start : hunk.lo], words[hunk.lo : hunk.hi]
        parts += ("… " if start > at else "", escape(before), _struck(struck, longest), _put(hunk.words, longest))
        at = _cut_after(words, hunk.hi, limit)
        parts.append(escape(words[hunk.hi : at]))
    parts.append(" …" if 0 < at < len(words) else "")
    return mark_safe("".join(parts))


def runs(parts: Iterable[Run], statuses: Mapping[str, str] = MappingProxyType({})) -> SafeString:
    """Return the runs of a document's block as HTML: words, numbered brackets, words in and out, numbered gaps.

    `statuses` say in which style a rung is drawn, by its name; words on another are as they are. A bracket that is
    open at the block's end is closed with it, one that began earlier begins again with it.
    """
    found: list[str] = []
    depth = 0
    for run in parts:
        if run.mark is Mark.OPEN:
            depth += 1
        elif run.mark is Mark.CLOSE and depth:
            depth -= 1
        elif run.mark is Mark.CLOSE:
            found.insert(0, '<span class="bk">')
        found.append(_run(run, statuses))
    return mark_safe("".join((*found, "</span>" * depth)))


def pieces(parts: Iterable[tuple[str, str]]) -> SafeString:
    """Return (kind, words) pairs as HTML: same, inserted, deleted."""
    marks = {"inserted": Mark.INSERTED, "deleted": Mark.DELETED}
    return runs(Run(words, marks.get(kind, Mark.PLAIN)) for kind, words in parts if words)


def around(before: str, after: str) -> SafeString:
    """Return the changes from one wording to another with a little around them, the whole where one is empty."""
    if not before or not after:
        return pieces([("deleted", before), ("inserted", after)])
    found = [(run.kind, run.text) for run in readings.comparison(before, after)]
    last = len(found) - 1
    return pieces(
        (kind, _shortened(words, is_first=at == 0, is_last=at == last) if kind == "same" and last else words)
        for at, (kind, words) in enumerate(found)
    )


def _shortened(words: str, *, is_first: bool, is_last: bool) -> str:
    """Return what stands between two changes, cut at spaces where it is long."""
    if len(words) <= 2 * AROUND:
        return words
    head = "" if is_first else words[: words.rfind(" ", 0, AROUND) + 1]
    tail = "" if is_last else words[words.find(" ", len(words) - AROUND) :]
    return f"{head}…{tail}"


def _run(run: Run, statuses: Mapping[str, str]) -> str:
    text = escape(run.text, quote=False)
    title = f' title="{escape(", ".join(run.by))}"' if run.by else ""
    match run.mark:
        case Mark.OPEN:
            number = "" if run.number is None else f' data-n="{run.number}"'
            held = f' data-h="{escape(" ".join(run.by))}"' if run.by else ""
            return f'<span class="bk{"" if number else " note"}"{held}><b{number}>[</b>'
        case Mark.CLOSE:
            return "<b>]</b></span>"
        case Mark.INSERTED:
            return f"<ins{_sign(run.text)}{title}>{text}</ins>"
        case Mark.DELETED:
            return f"<del{_sign(run.text)}{title}>{text}</del>"
        case Mark.GAP:
            return f'<a class="gap-mark" href="#gap-{run.number}" id="at-gap-{run.number}">{run.number} undecided</a>'
        case Mark.FOOTNOTE:
            return f'<sup><a href="#fn-{text}" aria-label="footnote {text}">{text}</a></sup>'
    return f"{rendering.agreed(statuses[run.status], run.status)}{text}</span>" if run.status in statuses else text


def _struck(words: str, longest: int | None) -> str:
    return f"<del{_sign(words)}>{escape(_capped(words, longest), quote=False)}</del>" if words else ""


def _put(words: str, longest: int | None) -> str:
    return f"<ins{_sign(words)}>{escape(_capped(words, longest), quote=False)}</ins>" if words else ""


def _sign(words: str) -> str:
    """Return the class of what is brackets alone: a line through so narrow a sign is hardly seen."""
    return ' class="sign"' if words and not words.strip("[] ") else ""


def _capped(words: str, longest: int | None) -> str:
    return words if longest is None or len(words) <= longest else f"{words[: longest - 1]}…"


def _cut_before(words: str, floor: int, at: int) -> int:
    if at - floor <= AROUND:
        return floor
    space = words.find(" ", at - AROUND, at)
    return space + 1 if space >= 0 else at - AROUND


def _cut_after(words: str, at: int, limit: int) -> int:
    if limit - at <= AROUND:
        return limit
    space = words.rfind(" ", at, at + AROUND)
    return space if space > at else at + AROUND
