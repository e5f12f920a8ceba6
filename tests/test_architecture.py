"""The rules of the house that no import contract can say; the contracts themselves are in pyproject.toml."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

Sources = dict[str, ast.Module]

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FILE, LONGEST_FUNCTION = 500, 60
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "misc", "manager", "managers", "common", "base"}

JOURNAL = "drafting/services/journal.py"
BROADCAST = "drafting/broadcast.py"


def find_sources(*folders: str) -> Sources:
    """Returns the parsed modules of our code, migrations left out, by their path from the root."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
        for path in paths
        if "migrations" not in path.parts
    }


@pytest.fixture(scope="module")
def site() -> Sources:
    """The modules of the site; read by who asks, since every process of a run collects these tests."""
    return find_sources("drafting", "delegations")


@pytest.fixture(scope="module")
def everything(site: Sources) -> Sources:
    """The modules of the site and those of the tests."""
    return site | find_sources("tests")


def find_names(tree: ast.AST) -> Iterator[str]:
    """Yields every name the code uses, imported, called or reached through an object."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name
            case ast.ImportFrom(module=module, names=names):
                yield from (f"{module}.{alias.name}" for alias in names)
                yield from (alias.name for alias in names)
            case ast.Import(names=names):
                yield from (alias.name for alias in names)


def test_a_file_can_be_read_in_one_sitting(everything: Sources) -> None:
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in everything}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_a_function_can_be_read_at_one_glance(everything: Sources) -> None:
    lengths = {
        f"{path}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path, tree in everything.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_a_module_says_what_lives_in_it(everything: Sources) -> None:
    written = [path for path in everything if (ROOT / path).stat().st_size]
    assert [path for path in written if not ast.get_docstring(everything[path])] == []


def test_a_module_has_a_name_of_its_own(everything: Sources) -> None:
    assert [path for path in everything if Path(path).stem in EMPTY_NAMES] == []


def test_importing_drafting_does_nothing() -> None:
    assert (ROOT / "drafting" / "__init__.py").read_text() == ""


def test_only_broadcast_reaches_the_channel_layer(site: Sources) -> None:
    users = {path for path, tree in site.items() if "get_channel_layer" in find_names(tree)}
    assert users == {BROADCAST}


def test_only_the_journal_publishes(site: Sources) -> None:
    users = {path for path, tree in site.items() if "publish_on_commit" in find_names(tree)}
    assert users == {BROADCAST, JOURNAL} or users == {JOURNAL}


def test_only_the_journal_assigns_seq_and_moves_a_streams_head(site: Sources) -> None:
    """The live floor counts heads of its own; it reaches no row, as the test below says."""
    reaching = {path: tree for path, tree in site.items() if not path.startswith("drafting/live/")}
    assert {path for path, tree in reaching.items() if any(writes_seq(node) for node in ast.walk(tree))} == {JOURNAL}


def writes_seq(node: ast.AST) -> bool:
    """Tells whether the code makes or changes a row of the journal, or the head of a stream."""
    match node:
        case ast.Call(func=ast.Name(id="JournalEntry") | ast.Attribute(attr="JournalEntry")):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Attribute(value=ast.Name(id="JournalEntry")), attr=verb)):
            return verb in {"create", "bulk_create", "get_or_create", "update_or_create"}
        case ast.Attribute(attr="seq" | "head", ctx=ast.Store()):
            return True
        case ast.Constant(value=str(words)):
            statement = " ".join(words.lower().split())
            return statement.startswith(("insert into", "update ")) and "journal" in statement
    return False


def test_rows_are_reached_from_outside_through_queries_and_services_alone(site: Sources) -> None:
    """A view that asks a model for a row would decide by itself who may see it; `access` is the one door."""
    outside = ("drafting/views/", "drafting/api/", "drafting/live/", "drafting/templatetags/")
    users = [path for path, tree in site.items() if path.startswith(outside) and "objects" in find_names(tree)]
    assert users == []


def test_models_hold_no_acts(site: Sources) -> None:
    """What happens when a row is stored is written in the service that stores it, not behind its back."""
    hidden = {"save", "delete", "post_save", "pre_save", "post_delete", "pre_delete", "receiver"}
    models = {path: tree for path, tree in site.items() if "/models" in path}
    defined = {
        path: {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        for path, tree in models.items()
    }
    assert {path for path, names in defined.items() if hidden & names} == set()
    assert {path for path, tree in site.items() if {"post_save", "pre_save"} & set(find_names(tree))} == set()
