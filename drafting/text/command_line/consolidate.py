"""consolidate: make one bracketed text and its tree of rival proposals, one JSON line each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import BinaryIO, TextIO

from .. import budgets, merging, styles, trees
from ..hunks import Proposal
from ..merging import Entry
from ..styles import Style
from . import lines

_USAGE = "usage: python -m drafting.text consolidate [--attribution] < lines.jsonl\n"


def run(arguments: list[str], stdin: BinaryIO, stdout: TextIO, stderr: TextIO) -> int:
    """Answer each line with `{"bracketed", "slots", "readings", "tree"}`; return 0, or 2 for bad input.

    A line is `{"base": str, "proposals": [{"by": str, "text": str}]}`, or for a whole document
    `{"provisions": [str], "proposals": [{"by", "texts": {"0": str}, "after": {"0": [str]}}]}`, where `after` holds new
    provisions by the one they follow ("-1": at the start) and either of the two may be left out.

    With `--attribution` each bracket names who stands behind it. In a tree, an alternative with other brackets without
    a partner than its slot's base is one end of a pair across provisions: it goes with its proposal's other ends.
    """
    if arguments not in ([], ["--attribution"]):
        stderr.write(_USAGE)
        return 2
    style = styles.by_dash if arguments else styles.anonymous
    return lines.answer(lambda record: _solve(record, style), stdin, stdout, stderr)


def _solve(record: lines.Record, style: Style) -> object:
    if "provisions" not in record:
        base = lines.get_text(record, "base")
        texts = [(by, lines.get_text(item, "text")) for by, item in _proposals(record)]
        entries = merging.consolidate([base], [Proposal(by, {0: text}) for by, text in texts])
        return _describe(entries, [by for by, _ in texts], style, is_single=True)
    if "base" in record:
        raise lines.BadLine("A line holds “base” or “provisions”, not both.")
    provisions = lines.get_texts(record, "provisions")
    proposals = [_proposal(by, item, len(provisions)) for by, item in _proposals(record)]
    return _describe(
        merging.consolidate(provisions, proposals), [proposal.by for proposal in proposals], style, is_single=False
    )


def _describe(entries: Sequence[Entry], names: Iterable[str], style: Style, is_single: bool) -> object:
    printed = budgets.bracketed(entries, style)
    found = [trees.to_json(entry.tree) for entry in entries]
    return {
        "bracketed": printed[0] if is_single else printed,
        "slots": merging.count_slots(entries),
        "readings": _read(entries, names, is_single),
        "tree": found[0] if is_single else found,
    }


def _read(entries: Sequence[Entry], names: Iterable[str], is_single: bool) -> Iterator[tuple[str, list[str]]]:
    """Yield each name with its reading as pieces of JSON; trees that do not know a name are not read again for it."""
    base = [lines.dump(text) for text in merging.read(entries)]
    whole = ", ".join(base)
    starts = list(accumulate((len(text) + len(", ") for text in base), initial=0))
    theirs: dict[str, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        for name in trees.names(entry.tree):
            theirs[name].append(at)
    for name in ("", *sorted(names)):
        pieces: list[str] = []
        end = 0
        for at in theirs[name]:
            pieces += (whole[end : starts[at]], lines.dump(trees.read(entries[at].tree, name)))
            end = starts[at] + len(base[at])
        pieces.append(whole[end:])
        yield name, pieces if is_single else ["[", *pieces, "]"]


def _proposals(record: lines.Record) -> list[tuple[str, lines.Record]]:
    """Return the proposals under their names, which are unique and not empty."""
    found: dict[str, lines.Record] = {}
    for item in lines.get_list(record, "proposals"):
        proposal = lines.as_record(item, "every item of “proposals”")
        by = lines.get_text(proposal, "by")
        if not by:
            raise lines.BadLine("A proposal's “by” must not be empty.")
        if by in found:
            raise lines.BadLine(f"Two proposals are by “{by}”.")
        found[by] = proposal
    return list(found.items())


def _proposal(by: str, item: lines.Record, count: int) -> Proposal:
    if "texts" not in item and "after" not in item:
        raise lines.BadLine("The key “texts” is missing.")
    texts = {
        _index(key, 0, count): lines.as_text(text, "every text of “texts”") for key, text in _get(item, "texts").items()
    }
    after = {
        _index(key, -1, count): lines.get_texts({"after": list_}, "after") for key, list_ in _get(item, "after").items()
    }
    return Proposal(by, texts, after)


def _get(item: lines.Record, key: str) -> lines.Record:
    return lines.as_record(item.get(key, {}), f"“{key}”")


def _index(key: str, first: int, count: int) -> int:
    if key not in map(str, range(first, count)):
        raise lines.BadLine(f"There is no provision “{key}”.")
    return int(key)
