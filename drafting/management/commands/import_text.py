"""import_text FILE: a Word, Akoma Ntoso, JSON, Markdown or plain file as a text, its next revision, a chair's text."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from delegations.models import Conference, Seat
from drafting.errors import NotFound, UnreadableImport
from drafting.imports import reading, report
from drafting.imports.lowering import Side
from drafting.imports.reading import Read
from drafting.imports.report import Report
from drafting.management import bringing
from drafting.models import Decision, NegotiatingText
from drafting.services import comments, openings, seats
from drafting.text.errors import RollingTextError

#: Where a file is put when nobody says where.
DEFAULT = "imported-texts"


class Command(BaseCommand):
    help = "Open a text from a file, or take a file over as its next revision or a chair's text; the last line is JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a .docx, Akoma Ntoso or JSON file, or a text in UTF-8")
        parser.add_argument("--conference", help="the conference's name in its address; made where there is none")
        parser.add_argument("--title", help="the text's title; otherwise the file's own, or its first words")
        parser.add_argument("--changes", choices=[str(side) for side in Side], default=str(Side.ACCEPTED))
        parser.add_argument("--dry-run", action="store_true", help="the report alone: nothing is kept")
        parser.add_argument("--slug", help="the text's name in its address; otherwise made from the file's name")
        parser.add_argument("--as", choices=["new", "revision", "chair"], default="new", dest="kind")
        parser.add_argument("--text", default="", help="for a revision or a chair's text: conference/text")
        parser.add_argument("--seat", type=int, help="the id of the seat whose act it is; a chair's text needs one")
        parser.add_argument("--authority", choices=Decision.Authority.values, default="editorial")
        parser.add_argument("--reason", default="")
        parser.add_argument("--forum", default="", help="which room agreed, and when")
        parser.add_argument(
            "--is",
            nargs="*",
            default=[],
            dest="said",
            help="N=ADDRESS: the file's Nth provision is that one; N= is new",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            path = Path(options["file"])
            read = reading.open(_load(path), path.name, Side(options["changes"]))
            found = report.make(read.structure)
            more: dict[str, Any] = {}
            if options["kind"] != "new":
                negotiated, more = bringing.bring(read, path.name, options, self.stdout.write)
                text: int | None = negotiated.pk
            else:
                text = None if options["dry_run"] else _open(read, path, options).pk
        except RollingTextError as refusal:
            raise CommandError(refusal.message) from refusal
        for line in (*_lines(found), *_lines_of_file(read)):
            self.stdout.write(line)
        counts = {"provisions": found.provisions, "pairs": found.pairs, "anomalies": len(found.anomalies)}
        self.stdout.write(json.dumps({"text": text, **counts, **more}))


def _open(read: Read, path: Path, options: dict[str, Any]) -> NegotiatingText:
    by = seats.keeper(options["conference"] or _first_conference())
    title = options["title"] or read.structure.title or path.stem
    slug = options["slug"] or _free_slug(by, slugify(path.stem)[:50] or "text")
    opened = openings.open(by, by.conference, read.structure, title=title, slug=slug)
    comments.keep_opened(by, opened, path.name, read.placed_comments)
    return opened


def _load(path: Path) -> bytes:
    try:
        if path.stat().st_size > reading.LARGEST:
            raise UnreadableImport(reading.TOO_LARGE)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise NotFound(f"“{path}” cannot be read: {getattr(error, 'strerror', None) or error}.") from error


def _first_conference() -> str:
    first = Conference.objects.order_by("pk").first()
    return first.slug if first else DEFAULT


def _free_slug(by: Seat, slug: str) -> str:
    taken = set(by.conference.texts.values_list("slug", flat=True))
    number, found = 1, slug
    while found in taken:
        number += 1
        found = f"{slug}-{number}"
    return found


def _lines(found: Report) -> list[str]:
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(found.kinds.items()))
    return [
        f"{found.provisions} provisions in {found.articles} articles, {found.labels} labels.",
        f"{found.pairs} brackets ({kinds or 'none'}), {found.crossing} across provisions, {found.depth} deep.",
        f"{len(found.groups)} groups of alternatives to confirm, {found.groups_to_confirm} of them without a space.",
        f"{found.options} sets of options, {found.notes} notes and remarks.",
        *(f"Label at {odd.address}: “{odd.printed}” for “{odd.regular}”." for odd in found.odd_labels),
        *(
            f"Names at {one.address}: “{one.words}”: "
            + "; ".join(f"{', '.join(names)} {stance}" for stance, names in one.stances)
            for one in found.attributions
        ),
        *(
            f"Bracket at {odd.address} without a partner: …{odd.before}{_MARKS[odd.kind]}{odd.after}… {odd.suggestion}"
            for odd in found.anomalies
        ),
    ]


def _lines_of_file(read: Read) -> list[str]:
    """Return what the file held besides the words of the text."""
    return [
        *(f"{remark.what} {remark.words}".rstrip() for remark in read.remarks),
        *(
            f"Changes by {one.author}: {one.inserted} put in, {one.deleted} taken out, {one.moved} moved."
            for one in report.authors(read.changes)
        ),
        *(f"Comment by {one.by or 'nobody named'} at “{one.words}”: {one.text}" for one in read.comments),
    ]


_MARKS = {"unclosed": "[", "stray": "]"}
