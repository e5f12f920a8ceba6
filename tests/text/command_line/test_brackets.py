"""`brackets FILE`: one JSON object about the brackets of a text."""

import io
import json
from pathlib import Path

from drafting.text.command_line import brackets


def run(folder: Path, content: bytes) -> dict[str, object]:
    """What the command prints for a file."""
    file = folder / "text.txt"
    file.write_bytes(content)
    out, complaints = io.StringIO(), io.StringIO()
    assert brackets.run([str(file)], io.BytesIO(), out, complaints) == 0
    assert complaints.getvalue() == ""
    return json.loads(out.getvalue())


def test_it_counts_and_locates(tmp_path: Path) -> None:
    found = run(tmp_path, b"  [1. [shall][should]\r\n\r\n2. a] ] b\n \nc [d")
    suggestions = [anomaly.pop("suggestion") for anomaly in found["anomalies"]]
    assert all(suggestions)
    assert found == {
        "provisions": 3,
        "pairs": 3,
        "crossing": 1,
        "max_depth": 2,
        "groups": [{"pairs": [1, 2], "sure": "adjacent"}],
        "anomalies": [
            {"kind": "stray", "provision": 1, "offset": 6},
            {"kind": "unclosed", "provision": 2, "offset": 2},
        ],
    }


def test_offsets_count_code_points_after_normalising(tmp_path: Path) -> None:
    found = run(tmp_path, "e\u0301😀 [".encode())
    assert found["anomalies"][0]["offset"] == 3


def test_a_text_without_brackets_has_none(tmp_path: Path) -> None:
    empty = {"provisions": 0, "pairs": 0, "crossing": 0, "max_depth": 0, "groups": [], "anomalies": []}
    assert run(tmp_path, b"") == empty


def test_it_refuses_a_missing_file_in_one_sentence() -> None:
    complaints = io.StringIO()
    assert brackets.run(["/nowhere/at/all"], io.BytesIO(), io.StringIO(), complaints) == 2
    assert complaints.getvalue() == "“/nowhere/at/all” cannot be read: No such file or directory.\n"
