"""Footnotes are lifted out of a text's words, and lowered into them again."""

from dataclasses import replace

from drafting.text import footnotes, legends
from drafting.text.document import Block, Document, Form, Mark, Masthead, Run

HEAD = Masthead("Organ", "A/1", "Title", "Bracketed text", "1 May", "2026-05-01T00:00:00Z")


def document(*blocks: Block) -> Document:
    return Document(HEAD, (), blocks)


def note(words: str) -> Block:
    return Block((Run(words),), Form.NOTE, "n1", provision=7)


def test_a_sign_and_the_note_it_refers_to_become_a_footnote() -> None:
    lifted = footnotes.lift(document(Block((Run("Act[^1] now."),)), note("[^1]: Or later.")))
    assert lifted.blocks[0].runs == (Run("Act"), Run("1", Mark.FOOTNOTE), Run(" now."))
    assert [(one.name, one.text, one.provision) for one in lifted.footnotes] == [("1", "Or later.", 7)]


def test_a_sign_between_bracket_marks_is_one_too() -> None:
    sign = (Run("[", Mark.OPEN), Run("^1"), Run("]", Mark.CLOSE))
    lifted = footnotes.lift(document(Block((Run("Act"), *sign)), note("[^1]: Or later.")))
    assert lifted.blocks[0].runs == (Run("Act"), Run("1", Mark.FOOTNOTE))


def test_a_sign_without_a_note_and_a_note_without_a_sign_stay_words() -> None:
    plain = document(Block((Run("Act[^1] now."),)), note("[^2]: Or later."))
    assert footnotes.lift(plain) == plain


def test_lowering_gives_the_words_of_the_text_back() -> None:
    lifted = footnotes.lift(document(Block((Run("Act[^1] now."),)), note("[^1]: Or later.")))
    assert footnotes.lower(lifted.blocks[0].runs) == "Act[^1] now."


def test_a_legend_names_the_marks_that_are_used_and_no_other() -> None:
    plain = document(Block((Run("Act."),)))
    assert legends.of(plain) == ()
    changed = replace(plain, body=(Block((Run("Act", Mark.INSERTED),), status="agreed"),))
    assert [mark for mark, _ in legends.of(changed)] == ["underlined", "shaded"]


def test_a_page_on_a_screen_names_each_rule_it_draws_in_its_language() -> None:
    blocks = (Block((Run("Act"),), status=status) for status in ("agreed", "agreed ad referendum"))
    french = replace(document(*blocks), masthead=replace(HEAD, language="fr"))
    drawn = {"agreed": "agreed", "agreed ad referendum": "ad-ref"}
    assert legends.on_screen(french, lambda status: drawn[status]) == (
        ("agreed", "un filet continu à côté ou au-dessous", "agreed"),
        ("ad-ref", "un filet tireté à côté ou au-dessous", "agreed ad referendum"),
    )
