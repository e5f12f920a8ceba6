"""The reading column: provisions drawn one under the other, each the very fragment that its refresh returns.

The words are drawn in `rendering`; what there is to draw comes from `queries.pages`. Nothing here is personal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from drafting.models import NegotiatingText
from drafting.queries import boxes, ladders
from drafting.queries.options import Labelled
from drafting.queries.pages import BracketShown, Page, ProvisionShown
from drafting.text import addresses
from drafting.views import holders, rendering
from drafting.views.directories import Directory
from drafting.views.rendering import Drawn, Mark, Span, Stood

_TAGS = {"heading": "h2", "article": "h3"}
#: Printed where nothing stands in brackets and nobody has agreed: the absence of brackets is not agreement.
OPEN = "open · no brackets"


def draw(negotiated: NegotiatingText, page: Page, directory: Directory) -> dict[int, SafeString]:
    """Return every provision of `page` as HTML, by id."""
    base = reverse("text", args=[negotiated.conference.slug, negotiated.slug])
    drawn = {bracket.id: _drawn(bracket, directory) for bracket in page.brackets.values()}
    numbers = {bracket.id: bracket.number for bracket in page.brackets.values()}
    ends = {bracket.id: (*bracket.start, *bracket.end) for bracket in page.brackets.values()}
    marks, around, rails = rendering.place(page.order, ends)
    found: dict[int, SafeString] = {}
    for provision in page.provisions:
        here = [Mark(offset, opens, drawn[bracket]) for offset, opens, bracket in marks.get(provision.id, ())]
        outside = [drawn[bracket] for bracket in around.get(provision.id, ())]
        stood = [_stood(option, directory) for option in provision.options]
        body = _words(provision, here, outside, stood, f"{base}{provision.address}/")
        side = rendering.rails(rails.get(provision.id, ()), numbers)
        count = sum(mark.opens and not mark.bracket.is_note for mark in here)
        said = _said(provision, _status(provision, here or outside), negotiated.language)
        found[provision.id] = mark_safe(_frame(provision, body, side, count, said, is_bracketed=bool(here or outside)))
    return found


def join(parts: Iterable[SafeString]) -> SafeString:
    """Return the fragments one under the other."""
    return mark_safe("\n".join(parts))


def _drawn(bracket: BracketShown, directory: Directory) -> Drawn:
    is_note = bracket.kind == "note"
    if not bracket.holders:
        return Drawn(bracket.id, bracket.number, bracket.article, is_note, bracket.group)
    folded = holders.fold(directory.sort(bracket.holders), directory.groups)
    codes = tuple(dict.fromkeys((*(label for label in folded if label in directory.names), *bracket.holders)))
    who, said = holders.shorten(folded), holders.say(folded, directory.names)
    return Drawn(bracket.id, bracket.number, bracket.article, is_note, bracket.group, codes, who, said)


def _stood(option: Labelled, directory: Directory) -> Stood:
    folded = holders.fold(directory.sort(option.holders), directory.groups)
    who, said = holders.shorten(folded), holders.say(folded, directory.names)
    return Stood(option.start, option.end, option.name, who, said)


def _words(provision: ProvisionShown, marks: list[Mark], around: list[Drawn], stood: list[Stood], href: str) -> str:
    if provision.retired:
        return escape(provision.disposition or f"{addresses.say(provision.address)}: deleted")
    return rendering.words(
        provision.content,
        marks,
        around,
        label=provision.label_length,
        href=href,
        lone=provision.lone,
        agreed=[Span(*run) for run in provision.agreed],
        stood=stood,
    )


def _frame(provision: ProvisionShown, body: str, rails: str, count: int, said: str, is_bracketed: bool) -> str:
    address, called = escape(provision.address), escape(addresses.say(provision.address))
    classes = " ".join(filter(None, ("pv", "stated" if said else "", *_classes(provision, is_bracketed))))
    tag = _TAGS.get(provision.kind, "p")
    depth = f' data-depth="{min(provision.depth, 3)}"' if provision.depth else ""
    moving = ' data-moving="the text is moving"' if provision.moving else ""
    return (
        f'<article class="{classes}" id="{address}" data-fragment="p{provision.id}" data-p="{provision.id}"'
        f' data-name="{called}" data-text="{provision.working}"'
        f' data-rev="{provision.rev}" data-lines="{rendering.lines(provision.content)}"{depth}{moving}'
        f' aria-label="{called}" tabindex="-1">{rails}{_notes(provision, "before")}<{tag} class="tx">{body}</{tag}>'
        f"{_notes(provision, 'here')}{_notes(provision, 'after')}{said}{_ledger(provision, count)}</article>"
    )


def _notes(provision: ProvisionShown, place: str) -> str:
    """Return what officers say at a place of a provision; `here` its own words are the note, and it says whose."""
    return "".join(
        f'<aside class="officer {row.form} {place}{"" if row.kept else " dropped"}"><b>{escape(said)}</b>'
        f"{f' {escape(row.words)}' if row.words else ''}"
        f"{'' if row.kept else ' <i>left out of the next revision</i>'}</aside>"
        for said, row in boxes.of_provision(provision.notes, place)
    )


def _classes(provision: ProvisionShown, is_bracketed: bool) -> Iterable[str]:
    if provision.kind in ("heading", "article", "option", "furniture", "note"):
        yield provision.kind
    yield provision.status
    if provision.retired:
        yield "retired"
    if is_bracketed or provision.amendments or provision.lone:
        yield "open"
    if provision.moving:
        yield "moving"
    if provision.parked:
        yield "parked"


def _status(provision: ProvisionShown, brackets: Sequence[object]) -> str:
    return provision.status or ("" if brackets or provision.amendments or provision.parked else "clear")


def _said(provision: ProvisionShown, status: str, language: str) -> str:
    if provision.retired or provision.kind in ("heading", "article", "furniture", "note"):
        return ""
    agreed = ladders.short(provision.said) + (" · package" if provision.waits else "")
    said = escape(agreed) or (OPEN if status == "clear" else "")
    if provision.parked and not said:
        said = f"parked until {escape(provision.parked)}"
    place = "st" if provision.label_length else "st unlabelled"
    ours = "" if language == "en" else ' lang="en"'  # the site speaks English within a text that does not
    return f'<span class="{place}"{ours}>{said}</span>' if said else ""


def _ledger(provision: ProvisionShown, count: int) -> str:
    parts = []
    if count:
        parts.append(f'<span aria-label="{_counted(count, "bracket")}"><b>[ ] {count}</b></span>')
    if provision.amendments:
        parts.append(f'<span aria-label="{_counted(provision.amendments, "proposal")}">± {provision.amendments}</span>')
    return f'<div class="ld num">{"".join(parts)}</div>' if parts else ""


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
