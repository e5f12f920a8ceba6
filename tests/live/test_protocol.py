"""The closed list of messages, and the schema file outsiders write their client from."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from drafting.live import protocol

SCHEMA = Path(protocol.__file__).with_name("protocol.schema.json")


def test_the_schema_file_is_true():
    assert SCHEMA.read_text(encoding="utf-8") == protocol.schema(), "write it anew: ./run manage protocol --write"


def test_every_message_is_in_the_schema_by_its_name():
    names = {kind.__struct_config__.tag for kind in (*protocol.REQUESTS, *protocol.ANSWERS)}
    assert {"hello", "sub", "watch", "op", "ack", "nack", "text", "pen", "pen_ok", "tick", "seen", "resync"} <= names


def test_a_text_may_be_watched_from_a_revision_the_browser_has():
    text = uuid4()
    request = protocol.decode(f'{{"v":1,"t":"watch","texts":["{text}",{{"text":"{text}","rev":4}}]}}')
    assert request == protocol.Watch(v=1, texts=[text, protocol.Known(text=text, rev=4)])


def test_a_field_it_does_not_know_is_ignored():
    assert protocol.decode('{"v":1,"t":"seen","seq":1,"mood":"good"}') == protocol.Seen(v=1, seq=1)


@pytest.mark.parametrize("texts", ["[]", "[1]", '["x"]', f"[{','.join([repr(str(uuid4()))] * 65)}]"])
def test_a_message_of_another_shape_is_refused(texts: str):
    frame = f'{{"v":1,"t":"watch","texts":{texts}}}'.replace("'", '"')
    if texts == "[]":
        assert protocol.decode(frame) == protocol.Watch(v=1, texts=[])
    else:
        with pytest.raises(protocol.UnknownMessage):
            protocol.decode(frame)


def test_deep_nesting_is_refused_and_does_not_overflow():
    with pytest.raises(protocol.UnknownMessage):
        protocol.decode('{"v":1,"t":"op","client":"c","epoch":0,"n":1,"parts":' + "[" * 30_000 + "]" * 30_000 + "}")


def test_an_answer_is_one_object_with_its_version_and_name():
    assert protocol.encode(protocol.Resync(within=2.0)) == '{"t":"resync","within":2.0,"stream":null,"v":1}'


@pytest.mark.parametrize("words", ['{"v":1,"t":"seen","seq":7}', '{ "t": "seen", "v": 1, "seq": 0, "new": [] }'])
def test_a_sign_of_life_is_told_apart_however_it_is_spelled(words: str):
    assert protocol.is_sign(words.encode())
    assert isinstance(protocol.decode(words), protocol.Seen)


@pytest.mark.parametrize(
    "words",
    ['{"v":1,"t":"hello","build":"seen"}', '{"v":1,"t":"seen","seq":-1}', '{"v":2,"t":"seen","seq":1}', "seen", ""],
)
def test_what_only_looks_like_a_sign_of_life_is_none(words: str):
    assert not protocol.is_sign(words.encode())


def test_bytes_that_are_no_text_are_no_sign_of_life():
    assert not protocol.is_sign(b'{"v":1,"t":"seen","seq":1,"x":"\xff"}')
