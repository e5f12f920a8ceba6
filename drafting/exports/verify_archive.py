#!/usr/bin/env python3
"""verify_archive FILE: proves an exported archive of a negotiating text, with nothing but Python's standard library.

It says what it proved and ends with 0, or names the stream and the seq of the first fault and ends with 1. Proved are:
the chain of every journal (each row holds the SHA-256 of the one before it; parts that are withheld or were erased are
there as their digests), that each issued text is the one whose hash its row of the journal holds, that the edits in the
journal, made one after the other from the first words on, give each of these texts, that each text issued in another
language, each correction of an issued text and each decision listed is the one in the journal, and that every other
file is the one the manifest names. That
nobody wrote a whole new journal it cannot know: keep the heads that it prints, or compare them with heads kept
elsewhere (--against).

It imports nothing of the site that wrote the archive: it is shipped inside it, to be read and run by anyone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

Row = dict[str, Any]
EDITS = ("edited", "typed", "folded")
KIND, SPOKEN = "rectification-issued", "language-issued"
FINAL = ("edited", "adopted")


class BrokenArchive(Exception):
    """The archive is not what was exported; the message names where."""


def prefixed(*fields: bytes) -> bytes:
    """Return the fields, each behind its length in eight bytes."""
    return b"".join(len(field).to_bytes(8, "big") + field for field in fields)


def inner(salt: bytes, content: str) -> bytes:
    """Return the digest of a body or an author with its salt."""
    return hashlib.sha256(prefixed(salt, content.encode())).digest()


def link(previous: bytes, stream: str, row: Row) -> bytes:
    """Return the digest that `row` of `stream` must have after a row with the digest `previous`."""
    plain = [stream, str(row["seq"]), row["at"], row["kind"], str(row["version"]), row["text"] or ""]
    plain.append("" if row["rev"] is None else str(row["rev"]))
    if row.get("through") is not None:
        plain.append(str(row["through"]))
    digests = bytes.fromhex(row["body_digest"]), bytes.fromhex(row["author_digest"])
    return hashlib.sha256(prefixed(previous, *(field.encode() for field in plain), *digests)).digest()


def body(row: Row) -> Any:
    """Return what a row says, None where its body is withheld or was erased."""
    return None if row["body"] is None else json.loads(row["body"])


class Journal:
    """One stream: its rows by seq, those of them that were folded away apart."""

    def __init__(self, described: Row, rows: list[Row], folded: list[Row]) -> None:
        self.id, self.kind = str(described["id"]), str(described["kind"])
        self.end, self.digest = int(described["head"]), str(described["digest"])
        self.rows = rows
        self.kept = {int(row["seq"]): row for row in folded}
        self.gaps: dict[int, tuple[int, str, str, int]] = {}

    def fault(self, seq: int, why: str) -> BrokenArchive:
        """Return the fault at one row."""
        return BrokenArchive(f"Stream {self.id} ({self.kind}), seq {seq}: {why}.")

    def verify(self) -> None:
        """Follow the chain from its genesis to its head; rows may be wanting where a folded row stands for them."""
        self._find_gaps()
        digest, seq = b"\0" * 32, 0
        missing: list[tuple[str, int]] = []
        erased: set[tuple[str, int]] = set()
        for row in self.rows:
            digest = self._cross(seq, row["seq"], digest)
            seq = row["seq"]
            missing += self._check(row, digest)
            digest = bytes.fromhex(row["digest"])
            if row["kind"] == "erased" and (said := body(row)):
                erased.update((said["what"], at) for low, high in said["ranges"] for at in range(low, high + 1))
        for part, at in missing:
            if (part, at) not in erased:
                raise self.fault(at, f"its {part} is gone, and no erasure names it")
        if self.gaps:
            raise self.fault(min(self.gaps), "a folded row stands for it, and it is not wanting")
        if (seq, digest.hex()) != (self.end, self.digest):
            raise self.fault(seq + 1, "the chain does not end where the archive says it does")

    def told(self) -> list[Row]:
        """Return the rows in the order in which they happened: a folded one where its last row stood."""
        return sorted(self.rows, key=lambda row: row["through"] or row["seq"])

    def said(self, kind: str) -> list[tuple[int, Row]]:
        """Return (seq, body) of the rows of a kind, but for those whose body is not here."""
        return [(row["seq"], said) for row in self.rows if row["kind"] == kind and (said := body(row))]

    def _find_gaps(self) -> None:
        for row in self.rows:
            said = body(row) if row["kind"] == "folded" else None
            for first, last, before, after in said["ranges"] if said else ():
                self.gaps[first] = (last, before, after, row["seq"])

    def _cross(self, seq: int, upto: int, digest: bytes) -> bytes:
        """Return the digest before row `upto`, over the gaps that folded rows name, by the rows kept of them."""
        while seq + 1 < upto:
            last, before, after, _ = self.gaps.pop(seq + 1, (0, "", "", 0))
            if not seq < last < upto:
                raise self.fault(seq + 1, "the row is missing")
            if before != digest.hex():
                raise self.fault(seq + 1, "the folded rows do not go on from the row before them")
            held = [at for at in range(seq + 1, last + 1) if at in self.kept]
            for at in range(seq + 1, last + 1) if held else ():
                if at not in self.kept:
                    raise self.fault(at, "the folded row is missing")
                if self._check(self.kept[at], digest):
                    raise self.fault(at, "the folded row is not whole")
                digest = bytes.fromhex(self.kept[at]["digest"])
            if held and digest.hex() != after:
                raise self.fault(last, "the folded rows do not lead to the row after them")
            seq, digest = last, bytes.fromhex(after)
        if seq + 1 > upto:
            raise self.fault(upto, "the row is not in its place")
        return digest

    def _check(self, row: Row, previous: bytes) -> list[tuple[str, int]]:
        """Return the parts of a row that are gone; raise where the row, or a part of it, is not what was written."""
        if link(previous, self.id, row).hex() != row["digest"]:
            raise self.fault(row["seq"], "the row is not the one that was written")
        gone: list[tuple[str, int]] = []
        for part in ("body", "author"):
            content, salt = row[part], row[f"{part}_salt"]
            if content is None and salt is None:
                gone += [] if part in row.get("withheld", ()) else [(part, row["seq"])]
            elif content is None or salt is None or inner(bytes.fromhex(salt), content).hex() != row[f"{part}_digest"]:
                raise self.fault(row["seq"], f"its {part} is not the one that was written")
        return gone


def apply(changes: list[Any], words: str) -> str:
    """Return `words` changed: lengths that stay, or [length taken out, lines put in …], all in UTF-16 units."""
    units, out, at = words.encode("utf-16-le"), b"", 0
    for part in changes:
        size = 2 * (part[0] if isinstance(part, list) else part)
        out += "\n".join(part[1:]).encode("utf-16-le") if isinstance(part, list) else units[at : at + size]
        at += size
    if at != len(units):
        raise ValueError(f"a change of {at // 2} units does not fit words of {len(units) // 2}")
    return out.decode("utf-16-le")


class Replay:
    """The text as the journal tells it: the words, order and tombstones of its provisions."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.order: list[int] = []
        self.retired: dict[int, bool] = {}
        self.texts: dict[int, str] = {}
        self.words: dict[str, str | None] = {}
        self.doubted = 0

    def take(self, row: Row) -> None:
        """Make the change that one row tells of; words whose edit was erased are in doubt from there on."""
        said, kind = body(row), row["kind"]
        if kind in EDITS:
            self._edit(row, said)
        elif said is None:
            return
        elif kind == "provision-created":
            self.order.insert(said["order"], said["provision"])
            self.retired[said["provision"]], self.texts[said["provision"]] = False, said["text"]
            self.words[said["text"]] = said["content"]
        elif kind == "provision-placed":
            self.order.remove(said["provision"])
            self.order.insert(said["order"], said["provision"])
        elif kind in ("provision-retired", "provision-revived"):
            self.retired[said["provision"]] = kind == "provision-retired"

    def compare(self, seq: int, symbol: str, snapshot: Row) -> None:
        """Raise unless the issued text is the one replayed up to row `seq`; words in doubt are taken from it."""
        issued = snapshot["provisions"]
        if [row["id"] for row in issued] != self.order:
            raise self.journal.fault(seq, f"the provisions of {symbol} are not those the journal leads to")
        for row in issued:
            text = self.texts[row["id"]]
            if self.words[text] is None:
                self.doubted += 1
                self.words[text] = row["text"]
            if (self.words[text], self.retired[row["id"]]) != (row["text"], row["retired"]):
                raise self.journal.fault(seq, f"{row['address']} of {symbol} is not what the edits make of it")

    def _edit(self, row: Row, said: Any) -> None:
        if said is None:
            self.words[row["text"]] = None
            return
        if (said["text"], said["rev"]) != (row["text"], row["rev"]):
            raise self.journal.fault(row["seq"], "the row and its body name different words")
        before = self.words[row["text"]]
        if before is None:
            return
        after = self._changed(row, said["changes"], before)
        if row["kind"] == "folded":
            self._unfold(row, said, before, after)
        self.words[row["text"]] = after

    def _unfold(self, row: Row, said: Any, before: str, after: str) -> None:
        kept = [self.journal.kept.get(at) for low, high, *_ in said["ranges"] for at in range(low, high + 1)]
        words = before
        for one in kept:
            if one is None:
                return
            words = self._changed(one, (body(one) or {})["changes"], words)
        if words != after:
            raise self.journal.fault(row["seq"], "the folded rows do not make the change it tells of")

    def _changed(self, row: Row, changes: list[Any], words: str) -> str:
        try:
            return apply(changes, words)
        except ValueError as error:
            raise self.journal.fault(row["seq"], f"its edit does not fit the words before it: {error}") from error


class Archive:
    """The files of an archive, read as they are asked for."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        self.manifest = json.loads(file.read("manifest.json"))
        self.journals = [self._journal(described) for described in self.manifest["streams"]]

    def verify(self) -> Iterator[str]:
        """Yield a sentence for each thing proved; raise `BrokenArchive` at the first fault."""
        for journal in self.journals:
            journal.verify()
            yield f"{journal.kind}: {len(journal.rows)} rows, chained to {journal.digest} at seq {journal.end}"
        yield from self._verify_revisions()
        yield from self._verify_languages()
        yield from self._verify_rectifications()
        yield from self._verify_decisions()
        yield self._verify_files()

    def _journal(self, described: Row) -> Journal:
        rows, folded = (self._lines(f"journal/{described['kind']}{end}.jsonl") for end in ("", ".folded"))
        return Journal(described, rows, folded)

    def _lines(self, name: str) -> list[Row]:
        if name not in self.file.namelist():
            return []
        return [json.loads(line) for line in self.file.read(name).decode().split("\n") if line]

    def _verify_revisions(self) -> Iterator[str]:
        listed = {row["number"]: row for row in self.manifest["revisions"]}
        for journal in self.journals:
            replay, proved, hidden = Replay(journal), 0, 0
            for row in journal.told():
                replay.take(row)
                if row["kind"] == "revision-issued":
                    said = body(row) or {}
                    if said.get("number") not in listed:
                        raise journal.fault(row["seq"], "the text issued here is not in the archive")
                    hidden += self._verify_revision(journal, replay, row["seq"], said, listed[said["number"]])
                    proved += 1
            said = f"{journal.kind}: {proved} issued texts are those the journal holds the hashes of"
            said += ", and what its edits lead to" if replay.order and proved else ""
            said += f" (names are withheld in {hidden}, whose hashes cannot be taken)" if hidden else ""
            yield said + (f" ({replay.doubted} provisions by their hash alone)" if replay.doubted else "")

    def _verify_revision(self, journal: Journal, replay: Replay, seq: int, said: Row, listed: Row) -> bool:
        snapshot = self._verify_words(journal, seq, said, listed, listed["kind"], f"revisions/{said['number']}")
        if replay.order:
            replay.compare(seq, said["symbol"], snapshot)
        self._verify_certificate(journal, seq, said)
        return bool(listed.get("names_withheld"))

    def _verify_words(self, journal: Journal, seq: int, said: Row, listed: Row, kind: str, folder: str) -> Row:
        """Return the snapshot in a folder; raise unless it is the one issued in a row, and the plain text is its."""
        stored = self.file.read(f"{folder}/snapshot.json")
        if not listed.get("names_withheld") and hashlib.sha256(stored).hexdigest() != said["digest"]:
            raise journal.fault(seq, f"the words of {said['symbol']} are not those that were issued")
        snapshot: Row = json.loads(stored)
        if kind in FINAL and any(pair["kind"] != "note" for pair in snapshot["pairs"]):
            raise journal.fault(seq, f"{said['symbol']} is a final text, and a bracket in it is undecided")
        words = "\n\n".join(row["text"] for row in snapshot["provisions"] if not row["retired"]) + "\n"
        if self.file.read(f"{folder}/text.txt") != words.encode():
            raise journal.fault(seq, f"the plain text of {said['symbol']} is not what was issued")
        return snapshot

    def _verify_languages(self) -> Iterator[str]:
        """Raise unless each text in another language is the one the journal has the hash of, of the same provisions."""
        issued = {row["number"]: row for row in self.manifest["revisions"]}
        listed = {(number, one["language"]): one for number, row in issued.items() for one in row.get("languages", ())}
        for journal in self.journals:
            told = {(said["number"], said["language"]): seq for seq, said in journal.said(SPOKEN)}
            for seq, said in journal.said(SPOKEN):
                key = said["number"], said["language"]
                if key not in listed:
                    raise journal.fault(seq, f"{said['symbol']}, issued here in {key[1]}, is not in the archive")
                self._verify_language(journal, seq, said, listed[key], issued[key[0]]["kind"])
            if journal.kind in ("floor", "public") and set(told) != set(listed):
                raise journal.fault(journal.end, "a text in another language in the archive is not in the journal")
            if told:
                yield f"{journal.kind}: {len(told)} texts in other languages are those the journal holds the hashes of"

    def _verify_language(self, journal: Journal, seq: int, said: Row, listed: Row, kind: str) -> None:
        folder = f"revisions/{said['number']}"
        here = json.loads(self.file.read(f"{folder}/snapshot.json"))
        there = self._verify_words(journal, seq, said, listed, kind, f"{folder}/{said['language']}")
        one, other = ([(row["id"], row["retired"]) for row in each["provisions"]] for each in (here, there))
        if one != other:
            raise journal.fault(seq, f"{said['symbol']} has other provisions in {said['language']}")

    def _verify_certificate(self, journal: Journal, seq: int, said: Row) -> None:
        """Raise unless the certificate names the hash and the row of the text, and a ground for each change."""
        stem = f"revisions/{said['number']}/certificate"
        named = json.loads(self.file.read(f"{stem}.json"))
        row = next(row for row in journal.rows if row["seq"] == seq)
        if named["digest"] != said["digest"] or not all(named["grounds"]):
            raise journal.fault(seq, f"the certificate of {said['symbol']} is not the one it was issued with")
        if named["stream"] == journal.id and (named["seq"], named["row"]) != (seq, row["digest"]):
            raise journal.fault(seq, f"the certificate of {said['symbol']} names another row of the journal")
        if any(digest not in self.file.read(f"{stem}.txt").decode() for digest in (named["digest"], named["row"])):
            raise journal.fault(seq, f"the certificate of {said['symbol']} is printed with other hashes")

    def _verify_rectifications(self) -> Iterator[str]:
        """Raise unless each correction is the one whose hash the journal holds, of words of the text it corrects."""
        listed = {one["digest"]: row for row in self.manifest["revisions"] for one in row.get("rectifications", ())}
        for journal in self.journals:
            told = journal.said(KIND)
            for seq, said in told:
                if said["digest"] not in listed or said["of"] != listed[said["digest"]]["digest"]:
                    raise journal.fault(seq, f"{said['symbol']}, issued here, is not in the archive")
                self._verify_rectification(journal, seq, said, listed[said["digest"]])
            if journal.kind in ("floor", "public") and {said["digest"] for _, said in told} != set(listed):
                raise journal.fault(journal.end, "a correction in the archive is not in the journal")
            if told:
                yield f"{journal.kind}: {len(told)} corrections of issued texts are those the journal has the hashes of"

    def _verify_rectification(self, journal: Journal, seq: int, said: Row, listed: Row) -> None:
        folder = f"revisions/{listed['number']}"
        stored = self.file.read(f"{folder}/{said['form']}-{said['number']}.json")
        if hashlib.sha256(stored).hexdigest() != said["digest"]:
            raise journal.fault(seq, f"{said['symbol']} ({said['form']}) is not what was issued")
        texts = {row["id"]: row["text"] for row in json.loads(self.file.read(f"{folder}/snapshot.json"))["provisions"]}
        for one in json.loads(stored)["changes"]:
            if texts[one["provision"]][one["at"] : one["at"] + len(one["struck"])] != one["struck"]:
                raise journal.fault(seq, f"{said['symbol']} corrects words that do not stand in {one['address']}")

    def _verify_decisions(self) -> Iterator[str]:
        floor = next((journal for journal in self.journals if journal.kind == "floor"), None)
        if floor is None:
            return
        taken = dict(floor.said("decided"))
        undone = {said["decision"] for _, said in floor.said("decision-undone")}
        for one in json.loads(self.file.read("decisions.json")):
            said = taken.pop(one["seq"], {})
            if any(said.get(name) != one[name] for name in ("decision", "act", "authority", "reason", "forum")):
                raise floor.fault(one["seq"], "the decision listed is not the one in the journal")
            if one["undone"] != (one["decision"] in undone):
                raise floor.fault(one["seq"], "whether the decision was taken back is not what the journal says")
        if taken:
            raise floor.fault(min(taken), "the decision in the journal is not listed")
        yield "floor: the decisions listed are those in the journal"

    def _verify_files(self) -> str:
        files = self.manifest["files"]
        names = [name for name in self.file.namelist() if name != "manifest.json"]
        if len(names) != len(set(names)) or set(names) != set(files):
            raise BrokenArchive("The files in the archive are not those its manifest names.")
        for name, digest in files.items():
            if hashlib.sha256(self.file.read(name)).hexdigest() != digest:
                raise BrokenArchive(f"{name} is not the file the manifest names.")
        return f"{len(files)} files are those the manifest names"


def compare_heads(archive: Archive, path: str) -> None:
    """Raise unless every chain still holds the row at which it ended when the heads in the file were kept."""
    with open(path, encoding="utf-8") as file:
        kept = json.load(file)
    for journal in archive.journals:
        seq, digest = kept.get(journal.id, (0, ""))
        rows = {row["seq"]: row["digest"] for row in (*journal.kept.values(), *journal.rows)}
        if seq and rows.get(seq) != digest:
            raise journal.fault(seq, "the row is not the one at which the chain ended when its head was kept")


def main() -> int:
    """Verify the archive named on the command line."""
    asked = argparse.ArgumentParser(description="Prove an exported archive of a negotiating text.")
    asked.add_argument("file", help="the archive (ZIP)")
    asked.add_argument("--against", help="heads kept elsewhere: JSON of {stream: [seq, digest]}")
    given = asked.parse_args()
    try:
        with zipfile.ZipFile(given.file) as file:
            archive = Archive(file)
            for said in archive.verify():
                sys.stdout.write(f"{said}\n")
            if given.against:
                compare_heads(archive, given.against)
    except BrokenArchive as broken:
        sys.stdout.write(f"NOT PROVED. {broken}\n")
        return 1
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        sys.stdout.write(f"NOT PROVED. This is not an archive as it was exported: {error!r}\n")
        return 1
    sys.stdout.write("PROVED.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
