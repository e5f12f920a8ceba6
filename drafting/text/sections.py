"""The arithmetic under change sets: runs of (length, inserted), composed and mapped section by section.

A faithful port of the two walks in npm `@codemirror/state`, src/change.ts (MIT); `changes` is the face callers use.
"""

from .errors import ChangeMismatch

KEEP = -1
_END = -2
Section = tuple[int, int]


class Writer:
    """Sections being written, neighbours merged as CodeMirror merges them."""

    __slots__ = ("inserted", "sections")

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self.inserted: list[str] = []

    def add(self, length: int, inserted: int, text: str = "", join: bool = False) -> None:
        """Append one section; `join` melts it into the section before."""
        if length == 0 and inserted <= 0:
            return
        if self.sections:
            last_length, last_inserted = self.sections[-1]
            if inserted <= 0 and inserted == last_inserted:
                self.sections[-1] = (last_length + length, inserted)
                return
            if join or length == last_length == 0:
                self.sections[-1] = (last_length + length, last_inserted + inserted)
                self.inserted[-1] += text
                return
        self.sections.append((length, inserted))
        self.inserted.append(text)


class _Walk:
    """A cursor over sections that can stop inside one."""

    __slots__ = ("_inserted", "_sections", "index", "inserted", "length", "offset", "text")

    def __init__(self, sections: tuple[Section, ...], inserted: tuple[str, ...]) -> None:
        self._sections = sections
        self._inserted = inserted
        self.index = 0
        self.next()

    def next(self) -> None:
        self.offset = 0
        if self.index < len(self._sections):
            self.length, self.inserted = self._sections[self.index]
            self.text = self._inserted[self.index]
            self.index += 1
        else:
            self.length, self.inserted, self.text = 0, _END, ""

    @property
    def done(self) -> bool:
        return self.inserted == _END

    @property
    def length_after(self) -> int:
        return self.length if self.inserted < 0 else self.inserted

    def forward(self, count: int) -> None:
        """Go on by `count` of the text before the change."""
        if count == self.length:
            self.next()
        else:
            self.length -= count
            self.offset += count

    def forward_after(self, count: int) -> None:
        """Go on by `count` of the text after the change."""
        if self.inserted == KEEP:
            self.forward(count)
        elif count == self.inserted:
            self.next()
        else:
            self.inserted -= count
            self.offset += count


Change = tuple[tuple[Section, ...], tuple[str, ...]]


def compose(first: Change, second: Change) -> Writer:
    """Return `first` and then `second` as one run of sections; their lengths must fit."""
    out = Writer()
    a, b = _Walk(*first), _Walk(*second)
    is_open = False
    while not (a.done and b.done):
        if a.inserted == 0:
            out.add(a.length, 0, "", is_open)
            a.next()
        elif b.length == 0 and not b.done:
            out.add(0, b.inserted, b.text, is_open)
            b.next()
        elif a.done or b.done:
            raise ChangeMismatch("The lengths of two changes differ.")
        else:
            is_open = _compose_common(out, a, b, is_open)
    return out


def _compose_common(out: Writer, a: _Walk, b: _Walk, is_open: bool) -> bool:
    """Write the stretch both walks stand in; return whether the section written may still grow."""
    count = min(a.length_after, b.length)
    before = len(out.sections)
    if a.inserted == KEEP:
        kept = KEEP if b.inserted == KEEP else 0 if b.offset else b.inserted
        out.add(count, kept, b.text if kept > 0 else "", is_open)
    elif b.inserted == KEEP:
        out.add(0 if a.offset else a.length, count, a.text[a.offset : a.offset + count], is_open)
    else:
        out.add(0 if a.offset else a.length, 0 if b.offset else b.inserted, "" if b.offset else b.text, is_open)
    grows = a.inserted > count or (b.inserted >= 0 and b.length > count)
    is_open = grows and (is_open or len(out.sections) > before)
    a.forward_after(count)
    b.forward(count)
    return is_open


def map_over(change: Change, other: Change, before: bool) -> Writer:
    """Return `change` as it reads after `other`; at one point `change` stands first with `before`."""
    out = Writer()
    a, b = _Walk(*change), _Walk(*other)
    done = -1
    while True:
        if (a.done and b.length) or (b.done and a.length):
            raise ChangeMismatch("The lengths of two changes differ.")
        if a.inserted == b.inserted == KEEP:
            count = min(a.length, b.length)
            out.add(count, KEEP)
            a.forward(count)
            b.forward(count)
        elif b.inserted >= 0 and (a.inserted < 0 or done == a.index or _other_first(a, b, before)):
            done = _pass_other(out, a, b, done)
        elif a.inserted >= 0:
            done = _write_own(out, a, b, done)
        elif a.done and b.done:
            return out
        else:
            raise ChangeMismatch("The lengths of two changes differ.")


def _other_first(a: _Walk, b: _Walk, before: bool) -> bool:
    return a.offset == 0 and (b.length < a.length or (b.length == a.length and not before))


def _pass_other(out: Writer, a: _Walk, b: _Walk, done: int) -> int:
    """Keep what `b` inserted, skip what it deleted, and write an insertion of `a` that falls inside."""
    left = b.length
    out.add(b.inserted, KEEP)
    while left:
        piece = min(a.length, left)
        if a.inserted >= 0 and done < a.index and a.length <= piece:
            out.add(0, a.inserted, a.text)
            done = a.index
        a.forward(piece)
        left -= piece
    b.next()
    return done


def _write_own(out: Writer, a: _Walk, b: _Walk, done: int) -> int:
    """Write the section of `a` less what `b` deleted of it already."""
    count, left = 0, a.length
    while left:
        if b.inserted == KEEP:
            piece = min(left, b.length)
            count += piece
            left -= piece
            b.forward(piece)
        elif b.inserted == 0 and b.length < left:
            left -= b.length
            b.next()
        else:
            break
    if done < a.index:
        out.add(count, a.inserted, a.text)
    else:
        out.add(count, 0)
    done = a.index
    a.forward(a.length - left)
    return done
