from __future__ import annotations

import importlib
import importlib.metadata
import pkgutil
import re
import tomllib
from pathlib import Path

import pytest

import toc
import toc.model.values
from toc.model.values import Value

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


FOREIGN = {
    "Any",
    "Axes",
    "Figure",
    "DataFrame",
    "DiGraph",
    "Digraph",
    "Iterator",
    "Mapping",
    "None",
    "Self",
    "Sequence",
}
VALUES = {
    name for name, kind in vars(toc.model.values).items() if isinstance(kind, type) and issubclass(kind, Value)
} - {"Value"}
CONTAINERS = {"FrozenDict", "Target"}  # a mapping and a tuple


def documented() -> dict[str, str]:
    """The classes on the reference page, by name, with the module each is imported from."""
    page = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    found = re.findall(r"^\.\. auto(?:class|exception):: (?:([\w.]+)\.)?(\w+)$", page, re.MULTILINE)
    return {name: module or "toc" for module, name in found}


def named_in(annotation: object) -> set[str]:
    return set(re.findall(r"\b[A-Z]\w+", str(annotation)))


def test_every_type_that_a_method_returns_can_be_imported_for_annotations() -> None:
    """So that users can write `def summary(plan: MeasurementPlan) -> str`, and know where to import it from."""
    places = documented()
    for owner in toc.TheoryOfChange.__mro__[: toc.TheoryOfChange.__mro__.index(Value) + 1]:
        for name, member in vars(owner).items():
            made = getattr(member, "__func__", getattr(member, "func", getattr(member, "fget", member)))
            if not name.startswith("_") and callable(made):
                returned = named_in(getattr(made, "__annotations__", {}).get("return"))
                assert returned - FOREIGN - CONTAINERS - {"Kind"} <= places.keys(), f"{owner.__name__}.{name}"
    for kind in (toc.Goal, toc.Pillar, toc.Outcome, toc.Output, toc.Activity, toc.Kpi, toc.TheoryOfChange):
        for field in kind.model_fields.values():
            nested = {one for one in named_in(field.annotation) if one in VALUES}
            assert nested <= places.keys()
    for name, module in places.items():
        assert getattr(importlib.import_module(module), name).__name__ == name


def test_every_error_and_warning_is_public() -> None:
    kinds = {name for name, kind in vars(toc.errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}
    assert kinds <= set(toc.__all__) & documented().keys()


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
