"""Options by name: what each option of a document is called, its words, and a print of them that edits change.

Where options are and how far they reach is read in `options`; here they get the names by which people stand on them.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from . import options, pairing
from .options import Option, OptionSet

_UNSAID = re.compile(r"[\s\[\]]+")
_SIGNS = " \n*_"
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_SUB = re.compile(r"sub-?\s?option")
_NOTHING = ["no", "text"]
_LABEL = re.compile(r"(?:option|opción|вариант|الخيار)(?![^\W\d_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a document: its label is `start`–`end` (code points) of the provision with index `provision`.

    It belongs to the set with index `of`, and reaches into the provision with index `last`.
    `name` is unlike all others of its provision: "Option 2, Sub-option 1"; it stays while only words change. `words`
    run from behind the label to where the option ends. `is_bracketed` where a pair of its own stands around it.
    """

    provision: int
    start: int
    end: int
    name: str
    words: str
    no_text: bool
    is_bracketed: bool
    of: int
    last: int

    @property
    def print(self) -> str:
        """What tells these words from others: brackets and white space put in or taken away change nothing."""
        said = _UNSAID.sub("", self.words)
        return blake2b(said.encode(), digest_size=8).hexdigest()


def may_hold(text: str) -> bool:
    """Tell, at no cost, whether an option may begin in `text`; false is certain."""
    return _LABEL.search(text) is not None


def find(texts: Sequence[str]) -> list[Choice]:
    """Return every option of a document, set by set; empty at once where no word says that there are any."""
    if not any(map(may_hold, texts)):
        return []
    pairs = pairing.match(texts).pairs
    found = options.find(texts, pairs)
    taken: Counter[tuple[int, str]] = Counter()
    choices = []
    for index, each in enumerate(found.sets):
        around = _named(found.sets, each)
        for option in each.options:
            place = option.start.provision, f"{around}{option.label.name}"
            taken[place] += 1
            own = option.pair is not None and pairs[option.pair].end <= option.end
            choices.append(_choice(texts, option, _counted(place[1], taken[place]), own, index))
    return choices


def called(found: Sequence[Choice], said: str) -> list[Choice]:
    """Return the options that a person may mean by a name: "Option 2", "sub-option 1" of any option, "no text"."""
    wanted = _tokens(said)
    plain = [one for one in found if (one.no_text and wanted == _NOTHING) or _tokens(one.name) == wanted]
    return plain or [one for one in found if _tokens(one.name)[-len(wanted) :] == wanted]


def near(found: Sequence[Choice], first: int, last: int) -> list[Choice]:
    """Return the options of the sets that reach into the provisions with index `first`–`last`, or begin right behind.

    Where one reaches there the ones right behind are not meant.
    """
    spans: dict[int, tuple[int, int]] = {}
    for one in found:
        low, high = spans.get(one.of, (one.provision, one.last))
        spans[one.of] = min(low, one.provision), max(high, one.last)
    reaching = {of for of, (low, high) in spans.items() if low <= last and high >= first}
    behind = {of for of, (low, _) in spans.items() if low == last + 1}
    return [one for one in found if one.of in (reaching or behind)]


def _named(sets: Sequence[OptionSet], each: OptionSet) -> str:
    """Return the names of the options a set stands within, outermost first, ready for its own to follow."""
    if each.inside is None:
        return ""
    outer, at = each.inside
    return f"{_named(sets, sets[outer])}{sets[outer].options[at].label.name}, "


def _counted(name: str, count: int) -> str:
    return name if count == 1 else f"{name} ({count})"


def _tokens(name: str) -> list[str]:
    """Return the words and figures of a name, in whatever language it says "option"."""
    return _TOKEN.findall(_SUB.sub("suboption", _LABEL.sub("option", name).casefold()))


def _choice(texts: Sequence[str], option: Option, name: str, is_bracketed: bool, of: int) -> Choice:
    (first, start), (last, end) = option.start, option.end
    behind = option.label.end
    if first == last:
        words = texts[first][behind:end]
    else:
        words = "\n".join([texts[first][behind:], *texts[first + 1 : last], texts[last][:end]])
    words = words.strip(_SIGNS).rstrip(f"{_SIGNS}[")  # a "[" at its end opens round the next option
    reached = last if end else last - 1
    return Choice(first, start, behind, name, words, option.no_text, is_bracketed, of, max(first, reached))
