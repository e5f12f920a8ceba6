"""Amendments as components of an Akoma Ntoso file, and the steps its text has taken as its workflow.

A compilation sets amendments behind the provisions they are on; here each is a document of its own inside the file,
`amendment`, that refers to its provision and holds its changes in a `mod`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from xml.sax.saxutils import quoteattr

from drafting.exports.aknwords import Words
from drafting.text.document import Block, Document, Form, Proposal, Step, Table

Identify = Callable[[str, str], str]
"""Returns the identification of a part of the file, by its name and by the reference to its author."""


def placed(document: Document) -> Iterator[tuple[Proposal, list[tuple[int, Block]]]]:
    """Yield each proposal with its blocks and their places in the body."""
    blocks = [(at, part) for at, part in enumerate(document.body) if not isinstance(part, Table)]
    runs = (list(run) for number, run in groupby(blocks, key=lambda each: each[1].proposal) if number is not None)
    return zip(document.proposals, runs, strict=True)


def components(document: Document, words: Words, ids: Mapping[int, str], identify: Identify) -> str:
    """Return the `components` of a document, "" where it holds no amendment; `ids` are those of its provisions."""
    written = [
        _component(number, proposal, blocks, words, ids, identify)
        for number, (proposal, blocks) in enumerate(placed(document), 1)
    ]
    return f'<components eId="cmpnts">{"".join(written)}</components>' if written else ""


def _component(
    number: int,
    proposal: Proposal,
    blocks: Iterable[tuple[int, Block]],
    words: Words,
    ids: Mapping[int, str],
    identify: Identify,
) -> str:
    author = f"#{words.organization(proposal.by[0])}" if proposal.by else "#organ"
    said = identify(f"amendment_{number}", author)
    on = ids.get(proposal.provision or 0)
    where = (
        f'<amendmentReference><p><ref eId="ref_{number}" href="#{on}">{proposal.number}</ref></p></amendmentReference>'
        if on
        else ""
    )
    parts = [_part(at, block, f' for="#ref_{number}"' if on else "", words) for at, block in blocks]
    return (
        f'<component eId="cmp_{number}"><amendment name="amendment"><meta>{said}</meta><amendmentBody'
        f' refersTo="{words.concept(proposal.fate or "open")}">{"".join(parts[:1])}{where}{"".join(parts[1:])}'
        "</amendmentBody></amendment></component>"
    )


def _part(at: int, block: Block, of: str, words: Words) -> str:
    spoken = f" xml:lang={quoteattr(block.language)}" if block.language else ""
    if block.form is Form.NOTE:
        return f'<amendmentHeading rt:at="{at}"><p>{words.paragraph(block.runs)}</p></amendmentHeading>'
    inside = f'<mod eId="mod_{at}"{of}>{words.paragraph(block.runs)}</mod>'
    return f'<amendmentContent rt:at="{at}"{spoken}><p>{inside}</p></amendmentContent>'


def workflow(steps: Sequence[Step], words: Words, ids: Mapping[str, str]) -> str:
    """Return the `workflow` of a text, "" where no step is known; a step of one provision refers to that too.

    `ids` are those of provisions by their address.
    """
    written = "".join(_step(step, words, ids) for step in steps)
    return f'<workflow source="#organ">{written}</workflow>' if written else ""


def _step(step: Step, words: Words, ids: Mapping[str, str]) -> str:
    outcome = words.concept(step.outcome)
    on = ids.get(step.anchor)
    refers = f' href="#{on}"' if on else ""
    by = f"#{words.organization(step.by)}"
    return f'<step date={quoteattr(step.when)} by="{by}"{refers} outcome="{outcome}"/>'
