"""One document that holds every kind of run, block and table an export must write."""

from dataclasses import replace

from drafting.text.document import (
    Block,
    Document,
    Footnote,
    Form,
    Group,
    Mark,
    Masthead,
    Pair,
    Run,
    Table,
)  # fmt: skip

MASTHEAD = Masthead(
    organ="Conference on Rivers",
    symbol="A/CONF.9/L.1/Rev.1",
    title="Agreement on <rivers> & lakes",
    kind="Bracketed text",
    date="22 November 2026, 10:00 (UTC)",
    moment="2026-11-22T10:00:00Z",
    session="First session",
    distribution="General",
    original="English",
    agenda="Agenda item 4",
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
        Block((Run("1.6: deleted"),), Form.TOMBSTONE, "1.6", provision=16),
        Block((Run("Noted"), Run("1", Mark.FOOTNOTE), Run(" and "), Run("agreed", status="agreed ad referendum"))),
        Block((*bracket("a", 2, (), 5), *bracket("b", 3, (), 6)), anchor="1.8", provision=18, kind="paragraph"),
        Block((Run("[", Mark.OPEN, 4, pair=7), Run("It begins here")), anchor="1.9", provision=19),
        Block((Run("and ends here."), Run("]", Mark.CLOSE, 4, pair=7)), anchor="1.10", provision=20, part="operative"),
    )
    table = Table("Undecided places", ("Mark", "Provision", "Words"), (("{1}", "1.2", "<these>"), ("", "1.3", "")))
    return Document(
        replace(MASTHEAD, language=language),
        ("Absence of brackets & agreement.",),
        (*blocks, table),
        pairs=(
            Pair(4, "1", 1, holders=("NOR", "EU")),
            Pair(5, "1", 2, group=1),
            Pair(6, "1", 3, group=1),
            Pair(7, "1", 4),
            Pair(8),
        ),
        groups=(Group(1, confirmed=True),),
        footnotes=(Footnote("1", (Run("The "), *bracket("footnote", 5, (), 8), Run(".")), provision=30),),
    )


def bracket(words: str, number: int, by: tuple[str, ...], pair: int = 4) -> tuple[Run, ...]:
    return Run("[", Mark.OPEN, number, by, pair=pair), Run(words), Run("]", Mark.CLOSE, number, by, pair=pair)
