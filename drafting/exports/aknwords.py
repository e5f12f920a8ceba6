"""The inline content of Akoma Ntoso: runs as `inline`, `ins`, `del`, notes; and the attributes that keep them whole.

What the standard has no word for stands in attributes of our own namespace, which it allows everywhere: who reads the
file again finds pair, number, holders and times there, and any other program reads valid Akoma Ntoso.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from drafting.text.document import Document, Footnote, Mark, Run

#: The namespace of our own attributes and metadata.
NAMESPACE = "urn:rolling-text:document:1"
_NOT_IN_IDS = re.compile(r"[\W_]+")
_NOT_IN_XML = re.compile("[\ufffe\uffff]")


def slug(text: str) -> str:
    """Return `text` as a part of an id."""
    return _NOT_IN_IDS.sub("-", text).strip("-") or "x"


class Words:
    """Writes the runs of one document; `organizations` and `concepts` collect what its references must name."""

    def __init__(self, document: Document) -> None:
        self.organizations: dict[str, str] = {}
        self.concepts: dict[str, str] = {}
        self._ids = count(1)
        self._notes = {note.name: note for note in document.footnotes}
        self._noted: set[str] = set()
        self._first_of_group: dict[int, str] = {}
        self._group_of = {pair.id: pair.group for pair in document.pairs}
        self._used: set[str] = set()

    def paragraph(self, runs: Sequence[Run]) -> str:
        """Return the inline content of one block: brackets that begin and end in it enclose their words."""
        partners = dict(_partners(runs))
        closers = set(partners.values())
        return "".join(self._run(run, at in partners, at in closers) for at, run in enumerate(runs))

    def remaining(self) -> Iterator[Footnote]:
        """Yield the footnotes that no sign referred to."""
        yield from (note for name, note in self._notes.items() if name not in self._noted)

    def note(self, note: Footnote) -> str:
        """Return a footnote with its words."""
        self._noted.add(note.name)
        return (
            f'<authorialNote eId="fn_{slug(note.name)}" marker={quoteattr(note.name)} placement="bottom">'
            f"<p>{self.paragraph(note.runs)}</p></authorialNote>"
        )

    def organization(self, name: str) -> str:
        """Return the id of whoever is called so."""
        key = f"org-{slug(name)}"
        self.organizations[key] = name
        return key

    def concept(self, words: str) -> str:
        """Return the reference to a concept."""
        key = f"concept-{slug(words)}"
        self.concepts[key] = words
        return f"#{key}"

    def _run(self, run: Run, opens: bool, closes: bool) -> str:
        words = _text(run.text)
        match run.mark:
            case Mark.OPEN:
                name = "bracket" if opens else "bracketStart"
                return f"<inline{self._bracket(run, name)}>{words}" + ("" if opens else "</inline>")
            case Mark.CLOSE:
                return f"{words}</inline>" if closes else f"<inline{self._bracket(run, 'bracketEnd')}>{words}</inline>"
            case Mark.GAP:
                return f'<inline name="gap" eId="gap_{run.number}" rt:number="{run.number}">{{{run.number}}}</inline>'
            case Mark.FOOTNOTE:
                return self._sign(run.text)
            case Mark.INSERTED | Mark.DELETED:
                return self._changed(run, words)
        if not run.status:
            return words
        said = f'refersTo="{self.concept(run.status)}" rt:status={quoteattr(run.status)}'
        return f'<inline name="agreed" {said}>{words}</inline>'

    def _bracket(self, run: Run, name: str) -> str:
        """Return the attributes of a bracket; a rival refers to the first alternative of its group."""
        own = self._id("brEnd" if name == "bracketEnd" else "br", run.pair)
        said = f' name="{name}" eId="{own}"{self._by(run)}'
        said += "" if run.number is None else f' rt:number="{run.number}"'
        said += "" if run.pair is None else f' rt:pair="{run.pair}"'
        group = self._group_of.get(run.pair or 0)
        if group is None or name == "bracketEnd":
            return said
        first = self._first_of_group.setdefault(group, own)
        return said if first == own else f'{said} alternativeTo="{first}"'

    def _id(self, prefix: str, pair: int | None) -> str:
        key = f"{prefix}_{pair}"
        if pair is None or key in self._used:
            return f"{prefix}_n{next(self._ids)}"
        self._used.add(key)
        return key

    def _changed(self, run: Run, words: str) -> str:
        tag = "ins" if run.mark is Mark.INSERTED else "del"
        when = f" rt:when={quoteattr(run.when)}" if run.when else ""
        moved = ' rt:moved="true"' if run.moved else ""
        written = f'<{tag} eId="{tag}_{next(self._ids)}"{self._by(run)}{when}{moved}>{words}</{tag}>'
        if run.within is None:
            return written
        author, time = run.within
        return f'<ins eId="ins_{next(self._ids)}" rt:by={quoteattr(author)} rt:when={quoteattr(time)}>{written}</ins>'

    def _by(self, run: Run) -> str:
        if not run.by:
            return ""
        keys = [self.organization(name) for name in run.by]
        return f' refersTo="{" ".join(f"#{key}" for key in keys)}" rt:by={quoteattr("|".join(run.by))}'

    def _sign(self, name: str) -> str:
        note = self._notes.get(name)
        if note is None:
            return escape(f"[^{name}]")
        if name in self._noted:
            return f'<noteRef href="#fn_{slug(name)}" marker={quoteattr(name)}/>'
        return self.note(note)


def _partners(runs: Sequence[Run]) -> Iterator[tuple[int, int]]:
    """Yield (opening, closing) places of brackets that begin and end among the runs."""
    stack: list[int] = []
    for at, run in enumerate(runs):
        if run.mark is Mark.OPEN:
            stack.append(at)
        elif run.mark is Mark.CLOSE and stack and runs[stack[-1]].pair == run.pair:
            yield stack.pop(), at
        elif run.mark is Mark.CLOSE:
            stack.clear()


def _text(words: str) -> str:
    return escape(_NOT_IN_XML.sub("\ufffd", words)).replace("\n", "<eol/>")


def plain(lines: Iterable[str]) -> str:
    """Return paragraphs of plain words."""
    return "".join(f"<p>{_text(line)}</p>" for line in lines)
