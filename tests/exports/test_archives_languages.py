"""What an archive holds beside the text itself: it in other languages, its certificate; each proved by the script."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from drafting.exports import archives
from drafting.models import BaseText, NegotiatingText
from drafting.services import languages, revisions
from drafting.services.languages import Wording
from tests import factories, rooms
from tests.cast import Cast
from tests.exports.test_archives import Files, forged, proof, unpacked

WORDS = {"1": "Chaque Partie prend [les] mesures.", "2": "x [y] z"}
FRENCH = "revisions/1/fr"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.ARCHIVES = tmp_path / "archives"


def translate(cast: Cast) -> NegotiatingText:
    """A text issued in English and in French, whose translation moved on since."""
    negotiated = factories.text(cast, "Each Party shall take [the] measures.", "x [y] z")
    version = languages.open(cast.secretary, negotiated, "fr", "Traité")
    revision = revisions.issue(cast.secretary, negotiated)
    for address, words in WORDS.items():
        provision = factories.provision(negotiated, address)
        languages.translate(
            cast.secretary, version, Wording(provision, BaseText.key_of(provision.words.content), words)
        )
    languages.issue(cast.secretary, version, revision)
    again = factories.provision(negotiated)
    later = Wording(again, BaseText.key_of(again.words.content), "Les Parties prennent [des] mesures.")
    languages.translate(cast.secretary, version, later)
    return negotiated


furnished, room, cast, text = rooms.shared(translate)


@pytest.mark.parametrize("who", ["observer", "norway", "secretary"])
def test_a_text_issued_in_another_language_is_in_the_archive_as_issued_and_proved(
    cast: Cast, text: NegotiatingText, tmp_path: Path, who: str
) -> None:
    files = unpacked(archives.write(getattr(cast, who), text))
    assert files[f"{FRENCH}/text.txt"].decode() == "\n\n".join(WORDS.values()) + "\n"
    assert json.loads(files[f"{FRENCH}/document.json"])["masthead"]["language"] == "fr"
    code, said = proof(tmp_path, files)
    assert (code, "1 texts in other languages are those" in said) == (0, True), said


def described(files: Files, listed: list[dict[str, Any]]) -> Files:
    manifest = json.loads(files["manifest.json"])
    manifest["revisions"][-1]["languages"] = listed
    return files | {"manifest.json": json.dumps(manifest).encode()}


def test_a_language_changed_left_out_or_added_is_named(cast: Cast, text: NegotiatingText, tmp_path: Path) -> None:
    files = unpacked(archives.write(cast.norway, text))
    words, stored = files[f"{FRENCH}/text.txt"], files[f"{FRENCH}/snapshot.json"]
    (listed,) = json.loads(files["manifest.json"])["revisions"][-1]["languages"]
    forgeries = {
        "words of ": forged(files | {f"{FRENCH}/snapshot.json": stored.replace(b"mesures", b"moyens")}),
        "plain text of ": forged(files | {f"{FRENCH}/text.txt": words.replace(b"mesures", b"moyens")}),
        "issued here in fr, is not in the archive": described(files, []),
        "is not in the journal": described(files, [listed, listed | {"language": "es"}]),
    }
    for said, made in forgeries.items():
        code, found = proof(tmp_path, made)
        assert (code, said in found) == (1, True), found


def test_the_certificate_is_printed_in_the_archive_with_the_hashes_it_names(
    cast: Cast, text: NegotiatingText, tmp_path: Path
) -> None:
    files = unpacked(archives.write(cast.norway, text))
    name = "revisions/1/certificate.txt"
    row = json.loads(files["revisions/1/certificate.json"])["row"]
    assert f"SHA-256 of that row, and so of all rows before it | {row}" in files[name].decode()
    changed = forged(files | {name: files[name].replace(row.encode(), b"00" * 32)})
    code, said = proof(tmp_path, changed)
    assert (code, "is printed with other hashes" in said) == (1, True)
