"""Invented text for the component page, drawn by the very functions that draw the floor."""

from __future__ import annotations

from uuid import UUID

from django.utils.safestring import SafeString

from delegations.models import Conference
from drafting.models import NegotiatingText
from drafting.queries.pages import BracketShown, Page, ProvisionShown
from drafting.text import brackets
from drafting.text.brackets import Pair
from drafting.views import sheets
from drafting.views.directories import Directory
from drafting.views.holders import Groups

_NAMES = {"EU": "European Union", "NOR": "Norway", "G77": "Group of 77", "CHE": "Switzerland", "USA": "United States"}
#: (label, or its kind; the label's length; words; depth; status; whether it has the focus)
_ENGLISH = (
    ("article", 9, "Article 9 Abstraction", 0, "", ""),
    ("1.", 2, "1. In giving effect to article 8, each Party shall, for every aquifer:", 0, "ad-ref", ""),
    ("(a)", 3, "(a) [keep a register of [all][significant] wells that draw more than [10,000] litres;", 1, "", ""),
    ("(b)", 3, "(b) publish the register [, in a machine-readable form,] within [two] years;]", 1, "", ""),
    (
        "2.",
        2,
        "2. Each Party [shall][should][is encouraged to] take [, within its capabilities,] all"
        " [[necessary and] appropriate] measures to keep abstraction below the [long-term average].",
        0,
        "",
        "focus",
    ),
    ("3.", 2, "3. Parties sharing an aquifer shall exchange data at least once a year.", 0, "agreed", ""),
    ("4.", 2, "4. Nothing here affects the supply of drinking water in an emergency.", 0, "", ""),
)
_ARABIC = (
    ("article", 8, "المادة ٩ سحب المياه", 0, "", ""),
    ("١-", 2, "١- إعمالاً للمادة ٨، يتعين على كل طرف أن يبلّغ سنوياً:", 0, "ad-ref", ""),
    ("(أ)", 3, "(أ) [أن يمسك سجلاً [بجميع الآبار][بالآبار الهامة] التي تسحب أكثر من ١٠ ٠٠٠ متر مكعب؛", 1, "", ""),
    ("(ب)", 3, "(ب) أن ينشر السجل [، في شكل مقروء آلياً،] في غضون [سنتين]؛]", 1, "", ""),
    ("٢-", 2, "٢- كل طرف [يتخذ][ينبغي أن يتخذ] جميع التدابير [[اللازمة و] المناسبة].", 0, "", "focus"),
    ("٣-", 2, "٣- تتبادل الأطراف البيانات مرة في السنة على الأقل.", 0, "agreed", ""),
)
_HOLDERS = (("EU",), ("EU", "NOR"), ("USA",), ("G77",), ("CHE",), (), ("EU",), ("NOR",), ("G77", "USA"), ("NOR",))


def provisions(direction: str) -> SafeString:
    """Return a page of specimens in one direction, the fifth provision in focus."""
    entries = _ARABIC if direction == "rtl" else _ENGLISH
    texts = [entry[2] for entry in entries]
    found = brackets.parse(texts)
    rows = tuple(_provision(at, *entry) for at, entry in enumerate(entries))
    groups = {index + 1: n for n, group in enumerate(found.groups) for index in group.pairs}
    shown = {pair.number: _bracket(pair, groups.get(pair.number)) for pair in found.pairs}
    page = Page(0, tuple(range(len(rows))), rows, shown)
    negotiated = NegotiatingText(conference=Conference(slug="specimens"), slug="specimens")
    drawn = sheets.draw(negotiated, page, Directory(_NAMES, Groups(), {}))
    focused = [at for at, entry in enumerate(entries) if entry[5] == "focus"]
    for at in focused:
        drawn[at] = SafeString(drawn[at].replace('class="pv', 'class="pv focus', 1))
    return sheets.join(drawn.values())


def _bracket(pair: Pair, group: int | None) -> BracketShown:
    start, end = (pair.start.provision, pair.start.offset), (pair.end.provision, pair.end.offset)
    held = _HOLDERS[pair.number % len(_HOLDERS)]
    return BracketShown(pair.number, "9", pair.number, "disputed", group, start, end, held)


def _provision(at: int, label: str, length: int, words: str, depth: int, status: str, _: str) -> ProvisionShown:
    return ProvisionShown(
        id=at,
        address=f"9.{at}",
        article="9",
        label=label,
        label_length=length,
        part="operative",
        kind="article" if label == "article" else "paragraph",
        depth=depth,
        retired=False,
        disposition="",
        working=UUID(int=at),
        rev=0,
        content=words,
        status=status,
        amendments=at % 4,
    )
