"""One document that holds every kind of run, block and table an export must write."""

from dataclasses import replace

from drafting.text.document import Block, Document, Form, Mark, Masthead, Run, Table

MASTHEAD = Masthead(
    organ="Conference on Rivers",
    symbol="A/CONF.9/L.1/Rev.1",
    title="Agreement on <rivers> & lakes",
    kind="Bracketed text",
    date="22 November 2026, 10:00 (UTC)",
    moment="2026-11-22T10:00:00Z",
    session="First session",
    distribution="General",
)


def everything(language: str = "en") -> Document:
    """Return a document with one of each."""
    blocks = (
        Block((Run("Article 1"),), Form.HEADING, "1"),
        Block((Run("Each Party "), *bracket("shall", 1, ("NOR", "EU")), Run(" act.\nAt once.")), anchor="1.1", depth=1),
        Block((Run("A gap "), Run("", Mark.GAP, 1), Run(" here.")), anchor="1.2", status="agreed"),
        Block((Run("Kept "), Run("out", Mark.DELETED, by=("KEN",)), Run("in", Mark.INSERTED, by=("EU", "NOR")))),
        Block((Run("A wholly new paragraph.", Mark.INSERTED),), anchor="1.4"),
        Block((Run("A paragraph taken out.", Mark.DELETED),), anchor="1.5"),
        Block((Run("1.6: deleted"),), Form.TOMBSTONE, "1.6"),
    )
    table = Table("Undecided places", ("Mark", "Provision", "Words"), (("{1}", "1.2", "<these>"), ("", "1.3", "")))
    return Document(replace(MASTHEAD, language=language), ("Absence of brackets & agreement.",), (*blocks, table))


def bracket(words: str, number: int, by: tuple[str, ...]) -> tuple[Run, ...]:
    return Run("[", Mark.OPEN, number, by), Run(words), Run("]", Mark.CLOSE, number, by)
