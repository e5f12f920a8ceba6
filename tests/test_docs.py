"""The documents say what is there: a setting, command, event or stage that they do not name fails here."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from drafting import events
from tests.__main__ import spell_stages

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
README, ARCHITECTURE, CONTRIBUTING = ((ROOT / page).read_text(encoding="utf-8") for page in PAGES[:3])

#: What the parts of the house say to each other, and no person sets.
PRIVATE = {"ROLLING_KEYS"}


def find_variables() -> set[str]:
    """Returns the names read from the environment by the settings, the scripts, the containers and the tests."""
    sources = [*(ROOT / "drafting").rglob("*.py"), *(ROOT / "docker").iterdir(), *(ROOT / "tests").rglob("*.py")]
    words = "\n".join(path.read_text(encoding="utf-8") for path in (*sources, ROOT / "run") if path.is_file())
    settings = (ROOT / "drafting" / "config" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r"\bROLLING_[A-Z_]+\b", words)) | set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))


def find_commands() -> Iterator[str]:
    """Yields our management commands."""
    for folder in ("drafting", "delegations"):
        for path in (ROOT / folder / "management" / "commands").glob("[a-z]*.py"):
            yield path.stem


def test_every_variable_is_documented() -> None:
    documented = set(re.findall(r"`([A-Z][A-Z_]+)(?:=\S+)?`", README + CONTRIBUTING))
    assert find_variables() - PRIVATE - documented == set()


def test_no_variable_is_documented_that_nothing_reads() -> None:
    assert set(re.findall(r"\bROLLING_[A-Z_]+\b", README + CONTRIBUTING)) - find_variables() == set()


def test_the_commands_documented_are_the_commands_there_are() -> None:
    assert set(re.findall(r"`\./run manage ([a-z_]+)", README)) == set(find_commands())


def test_the_events_documented_are_the_events_there_are() -> None:
    section = ARCHITECTURE.partition("## Events")[2].partition("\n## ")[0]
    assert set(re.findall(r"`([a-z-]+)`", section)) == set(events.KINDS)


def test_the_stages_documented_are_the_stages_there_are() -> None:
    section = CONTRIBUTING.partition("| stage |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)`", section, re.MULTILINE) == [stage.name for stage in spell_stages()]


def test_run_explains_every_command_it_knows() -> None:
    script = (ROOT / "run").read_text(encoding="utf-8")
    known = {name for names in re.findall(r"^  ([a-z |]+)\)$", script, re.MULTILINE) for name in names.split(" | ")}
    assert (
        known == set(re.findall(r"^  \./run (\w+)", script, re.MULTILINE)) == set(re.findall(r"`\./run (\w+)", README))
    )


@pytest.mark.parametrize("page", PAGES)
def test_links_between_the_pages_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_architecture_fits_one_screen_of_a_printer() -> None:
    assert len(ARCHITECTURE.splitlines()) <= 120
