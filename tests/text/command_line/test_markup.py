"""`markup FILE`: everything a reader sees in the markup of a text."""

import io
import json
from pathlib import Path

from drafting.text.command_line import markup


def test_it_lists_what_the_text_says_of_itself(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("[1. Act [now - EU; G77 delete] [a / b].]\n\nOption 1: x\n\nOption 2: No text\n\nNote: y", "utf-8")
    out = io.StringIO()
    assert markup.run([str(file)], io.BytesIO(), out, io.StringIO()) == 0
    found = json.loads(out.getvalue())
    assert found["labels"] == [{"pair": 0, "label": "1."}]
    assert found["attributions"][0] == {
        "pair": 1,
        "words": "now",
        "by": [{"names": ["EU"], "stance": "propose"}, {"names": ["G77"], "stance": "delete"}],
    }
    assert found["slashes"] == [{"pair": 2, "words": ["a", "b"]}]
    assert [option["no_text"] for option in found["options"][0]["options"]] == [False, True]
    assert found["annotations"] == [{"kind": "note", "start": [3, 0], "end": [3, 7], "by": ""}]
