"""The processes of a site by name."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from drafting.config import processes, sources


def test_a_name_becomes_its_process_with_the_words_that_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda program, words: became.append(words))
    processes.main(["worker", "--concurrency", "2"])
    assert became == [[*processes.COMMANDS["worker"], "--concurrency", "2"]]


@pytest.mark.parametrize("words", [[], ["serve"]])
def test_an_unknown_name_is_answered_with_the_known_ones(words: list[str]) -> None:
    with pytest.raises(SystemExit, match="web, worker, beat"):
        processes.main(words)


@pytest.fixture
def changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    """What the watcher says of a source tree with one file."""
    (tmp_path / "drafting").mkdir()
    (tmp_path / "drafting" / "urls.py").write_text("urlpatterns = []")
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    changes = sources.watch()
    assert next(changes) is False
    return changes


def test_a_source_that_comes_is_a_change_and_is_told_once(changes: Iterator[bool], tmp_path: Path) -> None:
    (tmp_path / "drafting" / "forms.py").touch()
    assert [next(changes), next(changes)] == [True, False]


def test_a_source_that_goes_is_a_change(changes: Iterator[bool], tmp_path: Path) -> None:
    (tmp_path / "drafting" / "urls.py").unlink()
    assert next(changes) is True


def test_a_file_that_is_no_source_is_none(changes: Iterator[bool], tmp_path: Path) -> None:
    (tmp_path / "drafting" / "notes.txt").touch()
    assert next(changes) is False
