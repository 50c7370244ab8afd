from __future__ import annotations

import importlib
import importlib.metadata
import pkgutil
import re
import tomllib
from pathlib import Path

import pytest

import toc

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(toc.__file__).parent
MODULES = sorted(
    module.name for module in pkgutil.walk_packages([str(PACKAGE)], "toc.") if not module.name.endswith(".__main__")
)


def test_the_version_is_the_one_that_is_installed() -> None:
    assert toc.__version__ == importlib.metadata.version("theory-of-change")


def test_the_package_says_that_it_is_annotated() -> None:
    assert (PACKAGE / "py.typed").is_file()


def test_every_public_name_can_be_reached_and_is_listed_by_completion() -> None:
    assert {"TheoryOfChange", "TheoryError", "load", "loads", "schema", "sketch", "slug"} <= set(toc.__all__)
    for name in toc.__all__:
        assert getattr(toc, name) is not None
    assert set(toc.__all__) <= set(dir(toc))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'theory_of_change'"):
        _ = toc.theory_of_change  # type: ignore[attr-defined]  # that is the point


def test_no_submodule_bears_the_name_of_a_public_function() -> None:
    # Importing `toc.schema` would replace the function `toc.schema`.
    assert {module.name for module in pkgutil.iter_modules([str(PACKAGE)])}.isdisjoint(toc.__all__)


@pytest.mark.parametrize("name", MODULES)
def test_every_module_can_be_imported_and_says_what_it_is_for(name: str) -> None:
    assert importlib.import_module(name).__doc__


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "core", "manager", "misc"}
    assert [name for name in MODULES if vague & set(name.split("."))] == []


def test_what_can_be_installed_together_is_every_extra_a_user_may_want() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for_users = set(extras) - {"all", "test", "bench", "docs", "dev"}
    assert extras["all"] == [f"theory-of-change[{','.join(name for name in extras if name in for_users)}]"]


def test_every_note_of_a_change_has_a_kind_that_is_read() -> None:
    notes = [path.name for path in (ROOT / "changelog.d").iterdir() if path.name != "README.md"]
    known = re.compile(r"\d+\.(added|changed|fixed|removed|security)(\.\d+)?\.md")
    assert [name for name in notes if not known.fullmatch(name)] == []
