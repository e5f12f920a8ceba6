"""One document that holds every kind of run, block and table an export must write."""

from dataclasses import replace
from random import Random

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
            Pair(8, "1", 5),
        ),
        groups=(Group(1, confirmed=True),),
        footnotes=(Footnote("1", (Run("The "), *bracket("footnote", 5, (), 8), Run(".")), provision=30),),
    )


#: The words of `spoken`: heading, a sentence in two parts round its brackets, two rival verbs, a footnote.
_SPOKEN = {
    "en": ("Article 9", "Each Party ", "shall", "should", " protect the river.", "Or a part of it."),
    "ar": ("المادة ٩", "على كل طرف ", "أن يحمي", "أن يسعى إلى حماية", " النهر.", "أو بعضه."),
    "zh": ("第九条", "每一缔约方", "应当", "宜", "保护和保全河流。", "或其一部分。"),
}


def spoken(language: str) -> Document:
    """Return a document in Arabic, Chinese or English: rival brackets with their holders, a gap, a footnote."""
    heading, before, one, other, after, note = _SPOKEN[language]
    rivals = (*bracket(one, 1, ("NOR", "EU"), 11), *bracket(other, 2, ("G77",), 12))
    blocks = (
        Block((Run(heading),), Form.HEADING, "9", kind="article", article="9"),
        Block((Run(f"1. {before}"), *rivals, Run(after), Run("1", Mark.FOOTNOTE)), anchor="9.1", article="9"),
        Block((Run(f"2. {before}"), Run("", Mark.GAP, 1), Run(after)), anchor="9.2", status="agreed", article="9"),
        Block((Run("3. Article 9 waits for its translation."),), anchor="9.3", language="en", article="9"),
    )
    pairs = (Pair(11, "9", 1, holders=("NOR", "EU")), Pair(12, "9", 2, holders=("G77",)))
    notes = (Footnote("1", (Run(note),)),)
    return Document(replace(MASTHEAD, language=language, title=heading), (), blocks, pairs, footnotes=notes)


def bracket(words: str, number: int, by: tuple[str, ...], pair: int = 4) -> tuple[Run, ...]:
    return Run("[", Mark.OPEN, number, by, pair=pair), Run(words), Run("]", Mark.CLOSE, number, by, pair=pair)


def large(provisions: int = 1_000, changes: int = 600, words: int = 100) -> Document:
    """Return a comparison of that many provisions with that many tracked changes of ten delegations."""
    random = Random(7)
    vocabulary = [f"word{number}" for number in range(2_000)]
    hands = [f"D{number:02}" for number in range(10)]
    blocks = [
        Block((Run(f"Article {n // 20 + 1}"),), Form.HEADING, f"{n // 20 + 1}", provision=9_000 + n, kind="article")
        for n in range(0, provisions, 20)
    ]
    changed = set(random.sample(range(provisions), changes // 2))
    for n in range(provisions):
        said = " ".join(random.choices(vocabulary, k=words))
        runs: tuple[Run, ...] = (Run(f"{n % 20 + 1}. {said} "), *bracket("shall", n + 1, ("NOR",), n + 1), Run(" act."))
        if n in changed:
            by = (random.choice(hands),)
            when = f"2026-11-{random.randint(1, 20):02}T10:00:00Z"
            gone, came = Run(f"old{n}", Mark.DELETED, by=by, when=when), Run(f"new{n}", Mark.INSERTED, by=by, when=when)
            runs = (*runs, gone, came)
        blocks.append(Block(runs, anchor=f"p{n}", provision=n + 1, kind="paragraph", part="operative"))
    pairs = tuple(Pair(n + 1, "", n + 1, holders=("NOR",)) for n in range(provisions))
    return Document(MASTHEAD, ("A note.",), tuple(blocks), pairs=pairs)
