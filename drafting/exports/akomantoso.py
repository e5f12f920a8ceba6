"""Akoma Ntoso 3.0 (OASIS LegalDocML): `bill` for a treaty draft with articles, `statement` for any other text.

Provisions nest by article and depth, labels are `num`; ids follow the addresses (`art_5bis__para_2`). The words inside
a block are written in `aknwords`, amendments and the workflow in `akncomponents`. Source: Akoma Ntoso 1.0 part 1 and 2,
and the naming convention of its part on ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape, quoteattr

from drafting.exports import akncomponents
from drafting.exports.aknwords import NAMESPACE, Words, plain, slug
from drafting.text import labels, legends, packing
from drafting.text.document import Block, Document, Form, Mark, Masthead, Run, Table

_AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_LANGUAGES = {"ar": "ara", "zh": "zho", "en": "eng", "fr": "fra", "ru": "rus", "es": "spa"}
_TAGS = {"article": "article", "paragraph": "paragraph", "subparagraph": "point"}
_PREFIXES = {"article": "art", "paragraph": "para", "subparagraph": "point", "heading": "hd", "note": "note"}
_BEFORE_BODY = frozenset({"masthead", "preamble"})


@dataclass(slots=True)
class _Node:
    """A block at its place in the body, with what stands under it."""

    at: int
    block: Block
    rank: int
    children: list[_Node] = field(default_factory=list)


def write(document: Document) -> bytes:
    """Return the document as Akoma Ntoso 3.0 in UTF-8."""
    return _Writer(document).write().encode()


class _Writer:
    """Writes one document; references are collected while its words are written."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._words = Words(document)
        self._ids: set[str] = set()
        self._by_provision: dict[int, str] = {}
        self._by_address: dict[str, str] = {}
        is_treaty = any(block.kind == "article" for block in document.blocks)
        self._type, self._main = ("bill", "body") if is_treaty else ("statement", "mainBody")

    def write(self) -> str:
        """Return the file: the parts first, then the metadata that names all they refer to."""
        preface = self._preface()
        head, rest = self._parted()
        preamble = "".join(self._recital(at, block) for at, block in head)
        body = "".join(self._element(node, "") for node in _tree(rest))
        notes = "".join(self._loose_notes())
        tables = "".join(
            self._table(part, n) for n, part in enumerate(self._document.body, 1) if isinstance(part, Table)
        )
        parts = [f"<preface>{preface}</preface>", f"<preamble>{preamble}</preamble>" if preamble else ""]
        parts += [f"<{self._main}>{body or _EMPTY}{notes}</{self._main}>"]
        parts += [f"<conclusions>{tables}</conclusions>"] if tables else []
        parts += [akncomponents.components(self._document, self._words, self._by_provision, self._identification)]
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso xmlns="{_AKN}" xmlns:rt="{NAMESPACE}">'
            f"<{self._type} name={quoteattr(slug(self._document.masthead.kind).lower())}>{self._meta()}{''.join(parts)}"
            f"</{self._type}></akomaNtoso>\n"
        )

    def _parted(self) -> tuple[list[tuple[int, Block]], list[tuple[int, Block]]]:
        """Return the blocks before the body, and those of the body, each with its place in the document."""
        parts = enumerate(self._document.body)
        placed = [(at, part) for at, part in parts if isinstance(part, Block) and part.proposal is None]
        size = next((n for n, (_, block) in enumerate(placed) if block.part not in _BEFORE_BODY), len(placed))
        return placed[:size], placed[size:]

    def _preface(self) -> str:
        head = self._document.masthead
        facts = [head.organ, head.session, head.agenda, head.date, head.kind]
        facts += [head.distributed, head.written_in]
        marks = [f"{mark}: {meaning}" for mark, meaning in legends.of(self._document)]
        named = f"<p><docNumber>{escape(head.symbol)}</docNumber></p><p><docTitle>{escape(head.title)}</docTitle></p>"
        return named + plain([*filter(None, facts), *self._document.notes, *marks])

    def _recital(self, at: int, block: Block) -> str:
        words = self._words.paragraph(block.runs)
        own = self._id(block, "", at)
        return f'<container name="recital" eId="{own}"{_spoken(block)} rt:at="{at}"><p>{words}</p></container>'

    def _element(self, node: _Node, above: str) -> str:
        """Return a provision with everything under it."""
        block = node.block
        own = self._id(block, above, node.at)
        tag = _TAGS.get(block.kind, "hcontainer") if block.form is not Form.TOMBSTONE else "hcontainer"
        name = f" name={quoteattr(block.kind or str(block.form))}" if tag == "hcontainer" else ""
        status = f' refersTo="{self._words.concept(block.status)}"' if block.status else ""
        num, runs = _numbered(block.runs)
        num = f"<num>{self._words.paragraph([Run(num)])}</num>" if num else ""
        words = self._words.paragraph(runs)
        under = "".join(self._element(child, own) for child in node.children)
        if block.form in (Form.HEADING, Form.TITLE):
            inside = f"{num}<heading>{words}</heading>{under}"
        elif under:
            inside = f"{num}<intro><p>{words}</p></intro>{under}"
        else:
            inside = f"{num}<content><p>{words}</p></content>"
        return f'<{tag}{name} eId="{own}"{status}{_spoken(block)} rt:at="{node.at}">{inside}</{tag}>'

    def _id(self, block: Block, above: str, at: int) -> str:
        """Return a free id: what the block is called within what it stands under."""
        called = block.anchor.removeprefix(block.article) if block.kind != "article" else block.anchor
        own = f"{_PREFIXES.get(block.kind, 'prov')}_{slug(called or block.anchor or str(at))}"
        found = f"{above}__{own}" if above else own
        if found in self._ids:
            found = f"{found}-n{at}"
        self._ids.add(found)
        self._by_address.setdefault(block.anchor, found)
        if block.provision is not None:
            self._by_provision.setdefault(block.provision, found)
        return found

    def _loose_notes(self) -> Iterator[str]:
        for note in self._words.remaining():
            yield (
                f'<hcontainer name="footnote" eId="loose_{slug(note.name)}"><content>'
                f"<p>{self._words.note(note)}</p></content></hcontainer>"
            )

    def _table(self, table: Table, number: int) -> str:
        head = "".join(f"<th>{plain([cell])}</th>" for cell in table.columns)
        rows = "".join(f"<tr>{''.join(f'<td>{plain([cell])}</td>' for cell in row)}</tr>" for row in table.rows)
        caption = f"<caption>{escape(table.title)}</caption>"
        return f'<table eId="table_{number}" rt:at="{number - 1}">{caption}<tr>{head}</tr>{rows}</table>'

    def _identification(self, part: str, author: str) -> str:
        return _identification(self._document.masthead, self._type, part, author)

    def _meta(self) -> str:
        head = self._document.masthead
        said = self._identification("main", "#organ")
        steps = akncomponents.workflow(self._document.steps, self._words, self._by_address)
        orgs = "".join(
            f'<TLCOrganization eId="{key}" href="/akn/ontology/organization/un/{key}" showAs={quoteattr(name)}/>'
            for key, name in sorted(self._words.organizations.items())
        )
        concepts = "".join(
            f'<TLCConcept eId="{key}" href="/akn/ontology/concept/un/{key}" showAs={quoteattr(name)}/>'
            for key, name in sorted(self._words.concepts.items())
        )
        organ = (
            f'<TLCOrganization eId="organ" href="/akn/ontology/organization/un/organ" showAs={quoteattr(head.organ)}/>'
        )
        role = '<TLCRole eId="author" href="/akn/ontology/role/un/author" showAs="Author"/>'
        held = escape(packing.pack(packing.without_words(self._document)).decode())
        return (
            f'<meta>{said}{steps}<references source="#organ">{organ}{orgs}{concepts}{role}'
            f'</references><proprietary source="#organ"><rt:document>{held}</rt:document></proprietary></meta>'
        )


def _spoken(block: Block) -> str:
    """Return the language of a provision that is not in the document's."""
    return f" xml:lang={quoteattr(block.language)}" if block.language else ""


_EMPTY = '<hcontainer name="empty" eId="empty"><content><p/></content></hcontainer>'


def _tree(placed: Sequence[tuple[int, Block]]) -> list[_Node]:
    """Return the blocks nested by article and depth, in their order."""
    roots: list[_Node] = []
    stack: list[_Node] = []
    for at, block in placed:
        node = _Node(at, block, 0 if block.form in (Form.HEADING, Form.TITLE) else block.depth + 1)
        while stack and stack[-1].rank >= node.rank:
            stack.pop()
        (stack[-1].children if stack else roots).append(node)
        stack.append(node)
    return roots


def _numbered(runs: tuple[Run, ...]) -> tuple[str, tuple[Run, ...]]:
    """Return the label with the space after it, and the runs that follow; no label where a mark stands in it."""
    if not runs or runs[0].mark is not Mark.PLAIN or runs[0].status:
        return "", runs
    words = runs[0].text
    label = labels.read(words)
    if label is None or words[: label.start].strip():
        return "", runs
    end = len(words) - len(words[label.end :].lstrip())
    return words[:end], (replace(runs[0], text=words[end:]), *runs[1:])


def _identification(head: Masthead, kind: str, part: str, author: str) -> str:
    """Return work, expression and manifestation of a part; the address of each follows from the symbol and the time."""
    day = head.moment[:10]
    language = _LANGUAGES.get(head.language, "und")
    work = f"/akn/un/{kind}/{day}/{slug(head.symbol).lower()}"
    country = '<FRBRcountry value="un"/>'
    spoken = f'<FRBRlanguage language="{language}"/>'
    levels = (
        ("Work", work, country),
        ("Expression", f"{work}/{language}@{day}", spoken),
        ("Manifestation", f"{work}/{language}@{day}.akn", ""),
    )
    said = "".join(
        f'<FRBR{level}><FRBRthis value="{address}/!{part}"/><FRBRuri value="{address}"/>'
        f'<FRBRdate date="{day}" name="issued"/><FRBRauthor href="{author}" as="#author"/>{more}</FRBR{level}>'
        for level, address, more in levels
    )
    return f'<identification source="#organ">{said}</identification>'
