"""`python -m drafting.text` as a process: commands, usage, streams."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The finished process of one command."""
    return subprocess.run([sys.executable, "-m", "drafting.text", *arguments], input=given, capture_output=True)


def test_help_names_every_command() -> None:
    done = run("--help")
    names = {path.stem for path in (Path("drafting/text/command_line")).glob("*.py")} - {"__init__", "files", "lines"}
    assert done.returncode == 0
    assert all(f"\n  {name} ".encode() in done.stdout for name in names)
    assert "brackets" in names


@pytest.mark.parametrize(("command", "told"), [("brackets", b"FILE"), ("cases", b"lift"), ("clean", b'"choices"')])
def test_a_command_explains_itself(command: str, told: bytes) -> None:
    done = run(command, "--help")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(command.encode())
    assert told in done.stdout


@pytest.mark.parametrize(
    ("streams", "code", "told"),
    [
        ("<&-", 0, b""),
        (">&- < /dev/null", 0, b""),
        ("2>&- < /dev/null", 0, b""),
        ("> /dev/full", 1, b"The answer cannot be written: No space left on device.\n"),
    ],
)
def test_a_stream_that_is_closed_or_full_is_no_traceback(streams: str, code: int, told: bytes) -> None:
    command = f"{sys.executable} -m drafting.text consolidate {streams}"
    done = subprocess.run(["sh", "-c", command], input=b'{"base": "a", "proposals": []}\n', capture_output=True)
    assert (done.returncode, done.stderr) == (code, told)


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["lines"], ["__init__"], ["../brackets"], ["brackets", "a", "b"]]
)
def test_anything_else_gets_the_usage_and_exit_2(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"usage: python -m drafting.text ")


def test_letters_of_every_script_are_written_as_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("缔约方 [应 采取 措施", encoding="utf-8")
    done = run("brackets", str(file))
    assert "采取" in done.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("[a " * 20_000, encoding="utf-8")
    command = f"{sys.executable} -m drafting.text brackets {file} | head -c 10"
    done = subprocess.run(["sh", "-c", command], capture_output=True)
    assert (len(done.stdout), done.stderr) == (10, b"")


def test_a_command_writes_json(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("a [b] c", encoding="utf-8")
    assert json.loads(run("brackets", str(file)).stdout)["pairs"] == 1
