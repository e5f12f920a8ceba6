"""Which option or bracket is meant by what was said in the room, and the stance it comes to.

The words are read in `drafting.text.preferences`; the stance is taken by `positions`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from drafting.errors import NotFound
from drafting.models import Bracket, NegotiatingText, Option, Provision, Stance
from drafting.queries import finds, options
from drafting.queries.options import Place
from drafting.services.targets import Target
from drafting.text.choices import Choice
from drafting.text.preferences import Preference, Thing

#: How a stance is told back, before the thing it is on.
SAYS: Mapping[str, str] = {
    Stance.SUPPORT: "supports",
    Stance.OPPOSE: "opposes",
    Stance.RESERVE: "reserves on",
    Stance.CAN_LIVE_WITH: "can go along with",
    Stance.CANNOT_ACCEPT: "cannot accept",
    Stance.RETAIN: "wants to retain",
    Stance.DELETE: "wants to delete",
}

#: What is said of bracketed words in the words of brackets: whoever supports them wants them retained.
_OF_BRACKETS = {Stance.SUPPORT: Stance.RETAIN, Stance.OPPOSE: Stance.DELETE}


@dataclass(frozen=True, slots=True)
class Meant:
    """One thing stood on, the stance, and the words that tell both back."""

    target: Target
    stance: Stance
    sentence: str


def find(provision: Provision, said: Preference) -> Meant:
    """Return what is meant, said on a provision; an option in brackets of its own is stood on by these.

    Raises `NotFound` where there is no such thing, or several and nobody said of which place.
    """
    stance = Stance(said.stance)
    if said.thing is Thing.BRACKET:
        return _of_bracket(_bracket(provision, said), stance, "")
    (place, name), choice = _option(provision, said)
    row = provision.text.provisions.select_related("text", "words").get(pk=place)
    if choice.is_bracketed:
        return _of_bracket(_around(row, choice), stance, f", {name}")
    target = Option.objects.filter(provision=row, name=name).first() or Option(provision=row, name=name)
    return Meant(target, stance, f"{SAYS[stance]} {target.called}")


def _of_bracket(row: Bracket, stance: Stance, called: str) -> Meant:
    taken = _OF_BRACKETS.get(stance, stance)
    return Meant(row, taken, f"{SAYS[taken]} {row}{called}")


def _option(provision: Provision, said: Preference) -> tuple[Place, Choice]:
    """Return the one option of a name that is near, or the only one of the text."""
    found = options.called(provision.text, said.name, _places(provision, said.place))
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(f"This text has no {said.name}.")
    rows = provision.text.provisions.filter(pk__in={place for (place, _), _ in found}).order_by("order")
    listed = ", ".join(map(str, rows[:5]))
    raise NotFound(f"{said.name} stands in several places ({listed}): say “{said.name.lower()} of …”.")


def _bracket(provision: Provision, said: Preference) -> Bracket:
    """Return the open bracket of a number in the article of a provision, or of the place that was said."""
    articles = {provision.article}
    if said.place:
        rows = provision.text.provisions.filter(pk__in=_places(provision, said.place))
        articles = set(rows.values_list("article", flat=True))
    found = Bracket.objects.filter(text=provision.text_id, article__in=articles, number=int(said.name), closed=False)
    if (row := found.select_related("start_text", "end_text").first()) is None:
        where = f" of {said.place}" if said.place else ""
        raise NotFound(f"There is no open bracket {said.name}{where} here.")
    return row


def _places(provision: Provision, named: str) -> Collection[int]:
    """Return the provisions, by id, that a name means, said on `provision`; a heading's with all that is under it."""
    if not named:
        return {provision.pk}
    negotiated: NegotiatingText = provision.text
    live = negotiated.provisions.filter(retired=False)
    rows = list(live.filter(address__in=finds.addresses(negotiated, named)).values_list("pk", "address", "article"))
    if len(rows) > 1:  # "paragraph 5" is the one of the article that is looked at
        rows = [row for row in rows if row[2] == provision.article] or rows
    if len(rows) > 1:  # article 5 and its paragraph 5
        heads = "para" not in named.casefold()
        rows = [row for row in rows if (row[1] == row[2]) is heads] or rows
    if len(rows) != 1:
        which = "several places are called so" if rows else "no place is called so"
        raise NotFound(f"“{named}”: {which}.")
    ((pk, address, article),) = rows
    return set(live.filter(article=article).values_list("pk", flat=True)) if address == article else {pk}


def _around(row: Provision, choice: Choice) -> Bracket:
    """Return the pair that opens right before the label of an option."""
    opened = Bracket.objects.filter(start_text=row.words_id, start_offset__lt=choice.start, closed=False)
    return opened.select_related("start_text", "end_text").order_by("-start_offset")[0]
