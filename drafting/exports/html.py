"""HTML: one file that holds all it needs, reads without scripts, prints, and can be read aloud.

Structure first: landmarks, headings in order, `ins` and `del`, tables with captions and scopes. A bracket's number is
generated content, so that copying and reading aloud give the words as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from drafting.text import legends
from drafting.text.document import OFFICERS, Block, Document, Form, Mark, Masthead, Run, Table, runs_right_to_left

_STYLE = """
:root{color-scheme:light dark;--ink:#1d1c1a;--sheet:#fdfcfa;--soft:#56534c;--bracket:#8a4609;--agreed:#1d6a4b;
--line:#d8d3c8}
@media(prefers-color-scheme:dark){:root{--ink:#e8e4dc;--sheet:#191c1f;--soft:#b3aea4;--bracket:#eaae63;--agreed:#79c9a4;
--line:#3b4046}}
body{margin:0;background:var(--sheet);color:var(--ink);font:1.125rem/1.68 "Source Serif 4",Georgia,"Noto Serif",serif}
main{max-inline-size:42rem;margin-inline:auto;padding:2rem 1.25rem 4rem}
header,footer,table,.status,.notes{font-family:"Source Sans 3",system-ui,"Noto Sans",sans-serif}
header{border-block-end:2px solid var(--ink);padding-block-end:1rem;margin-block-end:1.5rem}
header p{margin:0;color:var(--soft)}h1{font-size:1.75rem;line-height:1.25;margin:.75rem 0 .25rem}
h2{font-size:1.2rem;margin:2rem 0 .5rem}.notes{font-size:.9rem;color:var(--soft);padding-inline-start:1.2rem}
.legend{font:.85rem/1.45 "Source Sans 3",system-ui,sans-serif;display:grid;grid-template-columns:max-content 1fr;
gap:.15rem .75rem;color:var(--soft)}.legend dt{font-weight:600}.legend dd{margin:0}
.agreed{background:color-mix(in srgb,var(--agreed) 14%,transparent)}
.close[data-h]::after{content:" " attr(data-h);font:600 .62em "Source Sans 3",system-ui,sans-serif;
unicode-bidi:isolate;color:var(--soft)}
.footnotes{font-size:.9rem;border-block-start:1px solid var(--line);margin-block-start:2rem}
article p{margin:0 0 .9rem;white-space:pre-line}.note,.tombstone{color:var(--soft);font-style:italic}
.open,.close,.gap{color:var(--bracket);font-weight:600}.open{white-space:nowrap}
.open::after{content:attr(data-n);font:600 .62em "Source Sans 3",system-ui,sans-serif;vertical-align:super;
unicode-bidi:isolate}
.gap{font:600 .72em "Source Sans 3",system-ui,sans-serif;text-decoration:none;vertical-align:super}
.gap::before{content:"{" attr(data-n) "}"}.gap:focus,.gap:hover{text-decoration:underline}
ins{text-decoration:underline;text-underline-offset:.15em}del{text-decoration:line-through;color:var(--soft)}
.status{font-size:.8rem;color:var(--agreed);margin-inline-start:.5rem}
[data-by]::after{content:" " attr(data-by);font:600 .62em "Source Sans 3",system-ui,sans-serif;color:var(--soft);
unicode-bidi:isolate}
table{border-collapse:collapse;inline-size:100%;font-size:.9rem;line-height:1.45;margin-block:2rem}
caption{text-align:start;font-weight:600;margin-block-end:.5rem}
.wide{overflow-x:auto}
th,td{text-align:start;vertical-align:top;border-block-end:1px solid var(--line);padding:.3rem .6rem .3rem 0}
.said{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media print{body{background:#fff;color:#000;font-size:11pt}main{max-inline-size:none;padding:0}
.open,.close{color:#000}p{orphans:2;widows:2}h2{break-after:avoid}}
"""


def write(document: Document) -> bytes:
    """Return the document as one HTML file in UTF-8."""
    head = document.masthead
    direction = _direction(head.language)
    title = escape(f"{head.symbol} · {head.title} · {head.kind}")
    parts = [
        f'<!doctype html>\n<html lang="{escape(head.language)}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n',
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n',
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n",
        _masthead(head),
        '<ul class="notes">\n'
        + "".join(f'<li dir="auto">{escape(note)}</li>\n' for note in document.notes)
        + "</ul>\n",
        _legend(document),
        "<article>\n",
        *_body(document),
        _footnotes(document),
        "</article>\n</main>\n</body>\n</html>\n",
    ]
    return "".join(parts).encode()


def _direction(language: str) -> str:
    return "rtl" if runs_right_to_left(language) else "ltr"


def _masthead(head: Masthead) -> str:
    lines = (
        head.organ, head.symbol, head.session, head.agenda, head.date,
        head.distributed, head.written_in,
    )  # fmt: skip
    said = "".join(f"<p><bdi>{escape(line)}</bdi></p>\n" for line in lines if line)
    return f"<header>\n{said}<h1>{escape(head.title)}</h1>\n<p>{escape(head.kind)}</p>\n</header>\n"


def _legend(document: Document) -> str:
    found = "".join(
        f'<dt dir="ltr">{escape(mark)}</dt><dd dir="auto">{escape(said)}</dd>\n' for mark, said in legends.of(document)
    )
    return f'<dl class="legend" aria-label="Marks">\n{found}</dl>\n' if found else ""


def _footnotes(document: Document) -> str:
    if not document.footnotes:
        return ""
    notes = "".join(
        f'<li id="fn-{escape(note.name)}"{_value(note.name)}><p>{"".join(map(_run, note.runs))}</p></li>\n'
        for note in document.footnotes
    )
    return f'<section class="footnotes" aria-label="Footnotes"><ol>\n{notes}</ol></section>\n'


def _value(name: str) -> str:
    return f' value="{name}"' if name.isdecimal() else ""


def _body(document: Document) -> Iterator[str]:
    for part in document.body:
        yield _table(part) if isinstance(part, Table) else _block(part)


def _block(block: Block) -> str:
    tag = "h2" if block.form in (Form.HEADING, Form.TITLE) else "p"
    attributes = [f' id="{escape(block.anchor)}"'] if block.anchor else []
    if block.language:
        attributes.append(f' lang="{escape(block.language)}" dir="{_direction(block.language)}"')
    classes = [str(block.form)] if block.form in (Form.NOTE, Form.TOMBSTONE) else []
    classes += [block.kind] if block.kind == OFFICERS["box"] else []
    if classes := classes + ["agreed"] * bool(block.status):
        attributes.append(f' class="{" ".join(classes)}"')
    if block.depth:
        attributes.append(f' style="padding-inline-start:{1.5 * block.depth:g}em"')
    status = f' <span class="status">{escape(block.status)}</span>' if block.status else ""
    return f"<{tag}{''.join(attributes)}>{''.join(map(_run, block.runs))}{status}</{tag}>\n"


def _run(run: Run) -> str:
    text = escape(run.text, quote=False)
    number = "" if run.number is None else f' data-n="{run.number}"'
    match run.mark:
        case Mark.OPEN:
            return f'<span class="open"{number}>{text}</span>'
        case Mark.CLOSE:
            held = f' data-h="{escape(", ".join(run.by))}"' if run.by else ""
            return f'<span class="close"{held}>{text}</span>'
        case Mark.FOOTNOTE:
            return f'<sup><a href="#fn-{text}" aria-label="footnote {text}">{text}</a></sup>'
        case Mark.GAP:
            said = f'<span class="said">undecided place {run.number}</span>'
            return f'<a class="gap" href="#gap-{run.number}"{number}>{said}</a>'
        case Mark.INSERTED | Mark.DELETED:
            tag = "ins" if run.mark is Mark.INSERTED else "del"
            by = f' data-by="{escape(", ".join(run.by))}"' if run.by else ""
            return f"<{tag}{by}>{text}</{tag}>"
    return f'<span class="agreed" title="{escape(run.status)}">{text}</span>' if run.status else text


def _table(table: Table) -> str:
    columns = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows = "".join(map(_row, table.rows))
    caption = f"<caption>{escape(table.title)}</caption>"
    # A wide one is moved sideways by itself, with the keys too, and the page stays as narrow as the window.
    said = f'<div class="wide" role="region" tabindex="0" aria-label="{escape(table.title)}">'
    made = f"<table>\n{caption}\n<thead><tr>{columns}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>"
    return f"{said}\n{made}\n</div>\n"


def _row(cells: tuple[str, ...]) -> str:
    first, *rest = cells
    mark = first.strip("{}")
    anchor = f' id="gap-{mark}"' if first != mark else ""
    head = f'<th scope="row"{anchor}>{escape(first)}</th>' if first else "<td></td>"
    return f"<tr>{head}{''.join(f'<td>{escape(cell)}</td>' for cell in rest)}</tr>\n"
