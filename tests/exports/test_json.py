"""JSON: nothing of the model is lost, and its schema says what it is."""

import json
from pathlib import Path

import msgspec
import pytest

from drafting.exports import json as writer
from drafting.text import document, packing
from tests.exports.documents import everything

SCHEMA = Path(document.__file__).with_name("document.schema.json")


def test_what_is_read_equals_what_was_written() -> None:
    assert packing.unpack(writer.write(everything("ar"))) == everything("ar")


def test_the_documented_schema_is_the_one_it_is_read_by() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json.loads(json.dumps(packing.schema()))


@pytest.mark.parametrize("body", ['[{"block": {"runs": 3}}]', "[{}]", '[{"block": {"runs": []}, "table": null}, 1]'])
def test_what_is_not_of_the_shape_is_refused(body: str) -> None:
    head = json.dumps(packing.plain(everything().masthead))
    with pytest.raises(msgspec.ValidationError):
        packing.unpack(f'{{"format": "{packing.FORMAT}", "version": 1, "masthead": {head}, "body": {body}}}')
