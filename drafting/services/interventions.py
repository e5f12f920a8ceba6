"""One typed line for one thing said in the room: read, told back before it is done, and done as the act it is.

The line itself is read in `drafting.text.interventions`. Words are proposed or written by `pens`, bracketed by
`brackets`, stances taken by `positions`, which option or bracket they are on is found by `preferences`: nothing happens
here that those do not allow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from delegations import queries
from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting.errors import Forbidden, NotFound
from drafting.models import Agreement, AmendmentVersion, NegotiatingText, Pen, Provision
from drafting.queries import access
from drafting.queries.amendments import GONE
from drafting.services import brackets, pens, positions, preferences, proposals
from drafting.services.pen_sessions import OFFICES
from drafting.services.positions import Stand
from drafting.services.proposals import Proposed
from drafting.text import addresses, interventions, joins, phrases
from drafting.text.changes import ChangeSet
from drafting.text.interventions import STANCES, Intervention, Verb
from drafting.text.joins import Range


@dataclass(frozen=True, slots=True)
class Heard:
    """What a line comes to: the sentence that tells it back, who speaks (codes or an office), and the act itself."""

    sentence: str
    speakers: tuple[str, ...]
    act: Callable[[], object]


def hear(by: Seat, provision: Provision, line: str, last: Sequence[str] = ()) -> Heard:
    """Return what a line said on a provision would do, without doing it; `last` are those who spoke before.

    Raises `TextError` for a line that says nothing, `NotFound` where its words or its proposal do not stand,
    `Forbidden` where nobody speaks or the seat may not record.
    """
    negotiated = provision.text
    access.floor(by, negotiated)
    access.require(by, Right.RECORD)
    rows = {row.code: row for row in queries.delegations(by.conference)}
    said = interventions.read(line, {code: row.name() for code, row in rows.items()})
    names = said.speakers or tuple(name for name in last if name in rows or name in OFFICES)
    if not names:
        raise Forbidden("Say who speaks first: what is typed in the room is always for someone.")
    delegations = [rows[name] for name in names if name in rows]
    if said.verb in STANCES:
        return _stand(by, provision, said, names, delegations)
    if said.verb == Verb.PREFER:
        return _prefer(by, provision, said, names, delegations)
    if said.verb == Verb.BRACKET:
        return _bracket(by, provision, said, names, delegations)
    return _reword(by, provision, said, names, delegations)


def record(by: Seat, provision: Provision, line: str, last: Sequence[str] = ()) -> Heard:
    """Do what `hear` returns, and return it; raises what the act itself raises too."""
    heard = hear(by, provision, line, last)
    heard.act()
    return heard


def _reword(
    by: Seat, provision: Provision, said: Intervention, names: tuple[str, ...], speakers: Sequence[Delegation]
) -> Heard:
    """Propose other words for those who speak; words of an office are written."""
    where, left = _throughout(provision.text, said.at) if said.throughout else ([provision], [])
    proposed = [Proposed(one, _reworded(one, said)) for one in where]
    agreed = f"; agreed, and left: {_listed(left)}" if left else ""
    sentence = f"{_called(names)}: {_told(said)}, in {_listed(where)}{agreed}."
    if not speakers:
        authority = OFFICES[names[0]]
        return Heard(sentence, names, lambda: pens.write_all(by, proposed, authority, said.reason or _room(authority)))
    return Heard(sentence, names, lambda: pens.record_all(by, proposed, speakers))


def _bracket(
    by: Seat, provision: Provision, said: Intervention, names: tuple[str, ...], speakers: Sequence[Delegation]
) -> Heard:
    """Put a pair round words, or round all of the provision but its label, for those who ask for it."""
    words = provision.words.content
    start, end = _find(provision, said.at)[0] if said.at else (provision.label_length, len(words))
    what = f"“{said.at}”" if said.at else "the whole paragraph"
    sentence = f"{_called(names)}: brackets round {what}, in {provision}."
    return Heard(sentence, names, lambda: brackets.put(by, provision, start, provision, end, speakers))


def _stand(
    by: Seat, provision: Provision, said: Intervention, names: tuple[str, ...], speakers: Sequence[Delegation]
) -> Heard:
    _refuse_offices(speakers)
    version = _version(provision, said.target)
    sponsors = ", ".join(version.sponsorships.filter(withdrawn=False).values_list("delegation__code", flat=True))
    sentence = f"{_called(names)} {preferences.SAYS[said.verb]} proposal {version.amendment.number} ({sponsors})."
    stands = [Stand(speaker, version, said.verb.value) for speaker in speakers]
    return Heard(sentence, names, lambda: positions.take_all(by, provision.text, stands))


def _prefer(
    by: Seat, provision: Provision, said: Intervention, names: tuple[str, ...], speakers: Sequence[Delegation]
) -> Heard:
    _refuse_offices(speakers)
    meant = [preferences.find(provision, one) for one in said.preferences]
    stands = [Stand(speaker, one.target, one.stance) for speaker in speakers for one in meant]
    sentence = f"{_called(names)} {', '.join(one.sentence for one in meant)}."
    return Heard(sentence, names, lambda: positions.take_all(by, provision.text, stands))


def _refuse_offices(speakers: Sequence[Delegation]) -> None:
    if not speakers:
        raise Forbidden("The chair, the room and an editor take no stance: a delegation does.")


def _version(provision: Provision, target: str) -> AmendmentVersion:
    """Return the proposal a stance is on: by its number, else the last of a delegation, or of all, on the provision."""
    rows = AmendmentVersion.objects.filter(current=True, amendment__text=provision.text_id)
    rows = rows.exclude(amendment__state__in=GONE).select_related("amendment").order_by("-amendment__number")
    if target.isdigit():
        found = rows.filter(amendment__number=int(target[:9])).first()
    elif target:
        own = rows.filter(sponsorships__delegation__code=target, sponsorships__withdrawn=False)
        found = own.filter(texts__provision=provision).first() or own.first()
    else:
        found = rows.filter(texts__provision=provision).first()
    if found is None:
        what = f"of {target} " if target and not target.isdigit() else f"{target} " if target else ""
        raise NotFound(f"There is no proposal {what}on {provision} to stand on.")
    return found


def _throughout(negotiated: NegotiatingText, words: str) -> tuple[list[Provision], list[Provision]]:
    """Return the provisions in which words stand: those that are open, and those that are agreed."""
    live = negotiated.provisions.filter(retired=False).select_related("words", "text__conference").order_by("order")
    locked = Agreement.objects.filter(provision__text=negotiated, ended=False, locks=True)
    agreed = set(locked.values_list("provision", flat=True))
    found = [one for one in live if _places(one, words)]
    if all(one.pk in agreed for one in found):
        raise NotFound(f"“{words}” stands nowhere in words that are open.")
    return [one for one in found if one.pk not in agreed], [one for one in found if one.pk in agreed]


def _reworded(provision: Provision, said: Intervention) -> str:
    """Return the provision's words as the speaker would have them."""
    proposals.refuse_retired(provision)
    words = provision.words.content
    if said.verb == Verb.DELETE:
        places = _places(provision, said.at) if said.throughout else _find(provision, said.at)
        return joins.cut(words, [phrases.widen(words, place) for place in places], provision.text.language).apply(words)
    if not said.at:
        return f"{words}{phrases.space(words, said.words)}{said.words}"
    ((start, end),) = _find(provision, said.at)
    if said.verb == Verb.REPLACE:
        edit = (start, end, said.words)
    elif said.is_before:
        edit = (start, start, said.words + phrases.space(said.words, words[start:]))
    else:
        edit = (end, end, phrases.space(words[:end], said.words) + said.words)
    return ChangeSet.of([edit], len(words)).apply(words)


def _find(provision: Provision, words: str) -> list[Range]:
    """Return the one place where words stand, in a list; raises `NotFound` for none and for more than one."""
    found = _places(provision, words)
    if len(found) != 1:
        often = f"{len(found)} times: take a few more words with it" if found else "nowhere"
        raise NotFound(f"“{words}” stands {often}, in {provision}.")
    return found


def _places(provision: Provision, words: str) -> list[Range]:
    """Return where words stand behind the label."""
    return phrases.find(provision.words.content, words, provision.label_length)


def _told(said: Intervention) -> str:
    if said.verb == Verb.DELETE:
        return f"delete “{said.at}”"
    if said.verb == Verb.REPLACE:
        return f"“{said.words}” for “{said.at}”"
    place = f"{'before' if said.is_before else 'after'} “{said.at}”" if said.at else "at the end"
    return f"“{said.words}” {place}"


def _listed(provisions: Sequence[Provision]) -> str:
    return addresses.say_all(one.address for one in provisions)


def _called(names: Sequence[str]) -> str:
    return ", ".join(name if name not in OFFICES else f"The {name}" for name in names)


def _room(authority: str) -> str:
    return "Agreed as on the screen." if authority == Pen.For.ROOM else ""
