"""The legend of a document: what each mark in it means, for the marks it uses and no other."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from . import sayings
from .document import Block, Document, Mark, Run

_SHADED = "shaded"
#: How a page on a screen marks what is agreed, by the style of its rung, where print shades it.
RULES = MappingProxyType(
    {
        "agreed": "a solid rule beside or below",
        "ad-ref": "a dashed rule beside or below",
        "noted": "a dotted rule beside or below",
    }
)


def of(document: Document, marks: Mapping[str, str] = MappingProxyType({})) -> tuple[tuple[str, str], ...]:
    """Return (mark, meaning) for every kind of mark the document uses, in a fixed order and in its language.

    `marks` are those a medium has of its own, by what they are called here.
    """
    say = partial(sayings.say, document.masthead.language)
    return tuple((say(marks.get(mark, mark)), say(meaning)) for mark, meaning in _found(document))


def on_screen(document: Document, style: Callable[[str], str]) -> tuple[tuple[str, str, str], ...]:
    """Return (style, mark, meaning): as `of`, each status with the rule that `style` of it is drawn as, else ""."""
    say = partial(sayings.say, document.masthead.language)
    drawn = [(style(meaning) if mark == _SHADED else "", mark, meaning) for mark, meaning in _found(document)]
    return tuple((rule, say(RULES[rule] if rule else mark), say(meaning)) for rule, mark, meaning in drawn)


def _found(document: Document) -> Iterator[tuple[str, str]]:
    runs = [run for part in document.texts for run in part.runs]
    yield from _of_brackets(document, runs)
    yield from _of_changes(runs)
    yield from _of_blocks(document.blocks, runs)


def _of_brackets(document: Document, runs: list[Run]) -> Iterator[tuple[str, str]]:
    opening = [run for run in runs if run.mark is Mark.OPEN]
    if any(run.number is not None for run in opening):
        yield "[¹ ]", "words that are not agreed; the raised number is the bracket's, counted in each article"
    if any(run.by for run in opening):
        yield "] EU, NOR", "who holds the bracket before the names: proposed it, or wants its words retained"
    if any(run.number is None for run in opening):
        yield "[ ]", "without a number: a note in the text, which is not negotiated"
    if any(group.confirmed for group in document.groups):
        yield "[ ][ ]", "alternatives of which one will stand, as confirmed by the chair; their order implies nothing"


def _of_changes(runs: list[Run]) -> Iterator[tuple[str, str]]:
    marks = {run.mark for run in runs}
    if Mark.INSERTED in marks:
        yield "underlined", "words put in"
    if Mark.DELETED in marks:
        yield "struck through", "words taken out"
    if any(run.moved for run in runs):
        yield "moved", "words taken from one place to another"
    if Mark.GAP in marks:
        yield "{1}", "an undecided place, listed at the end"


def _of_blocks(blocks: tuple[Block, ...], runs: list[Run]) -> Iterator[tuple[str, str]]:
    for status in sorted({*(block.status for block in blocks), *(run.status for run in runs)} - {""}):
        yield _SHADED, status
