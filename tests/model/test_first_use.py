"""Values are made ready when they are first used by themselves: nobody may notice, in whatever order and thread that is."""

from __future__ import annotations

import pickle
import subprocess
import sys
import warnings
from collections.abc import Iterator

from fastapi import FastAPI
from pydantic import BaseModel

import toc
from toc.model.values import Value

IN_THREADS = """
import sys
import threading

sys.setswitchinterval(1e-6)
import toc

wrong = []
together = threading.Barrier(6)


def use() -> None:
    together.wait()
    try:
        assert toc.Activity(title="Clubs", leads_to="reading").leads_to["reading"].because is None
        assert type(toc.Outcome.model_validate({"title": "Pupils read"})) is toc.Outcome
        assert toc.Kpi.model_json_schema()["title"] == "Kpi"
        assert toc.Partner(title="Library").model_dump(exclude_defaults=True) == {"title": "Library"}
    except BaseException as error:
        wrong.append(repr(error))


threads = [threading.Thread(target=use) for _ in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert not wrong, wrong
"""


def every_model(model: type[BaseModel] = Value) -> Iterator[type[BaseModel]]:
    yield model
    for derived in model.__subclasses__():
        yield from every_model(derived)


def test_many_threads_may_make_the_first_value_of_a_kind() -> None:
    run = subprocess.run([sys.executable, "-c", IN_THREADS], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_what_others_derive_or_read_is_built_at_once() -> None:
    # FastAPI says how it reads a body in a way of which pydantic warns where that is put off to the first request.
    assert [model for model in every_model() if model.model_config.get("defer_build")] == []

    class Club(toc.Activity):
        room: str = "hall"

    assert Club.__pydantic_complete__
    assert not toc.TheoryOfChange.model_config["defer_build"]


def test_a_part_may_be_the_body_of_a_request() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # which HTTP library the client should use is between it and its authors
        from fastapi.testclient import TestClient
    app = FastAPI()

    @app.post("/")
    def same(club: toc.Activity) -> toc.Activity:
        return club

    assert TestClient(app).post("/", json={"title": "Clubs"}).json()["title"] == "Clubs"  # here a warning is an error


SIGNATURES = """
import inspect
import toc

kinds = [getattr(toc, name) for name in toc.__all__]
for kind in kinds:
    if isinstance(kind, type) and hasattr(kind, "model_fields"):
        names = set(vars(kind))
        said = str(inspect.signature(kind))
        assert "title" in said or "*" in said, (kind, said)
        kind.model_rebuild()
        assert str(inspect.signature(kind)) == said, kind
        assert set(vars(kind)) == names, set(vars(kind)) ^ names
assert str(inspect.signature(toc.Partner)).startswith("(*, title: ")
"""


def test_help_shows_what_a_value_takes_before_one_is_made() -> None:
    run = subprocess.run([sys.executable, "-c", SIGNATURES], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_what_goes_without_saying_is_the_value_of_which_nothing_was_said() -> None:
    theory = toc.loads("{toc: 1, title: Reading, goal: Every child reads}")
    for held in (theory.settings, theory.settings.checks, theory.settings.vocabulary, theory.context):
        made = type(held)()
        assert (held, repr(held), hash(held), held.contents()) == (made, repr(made), hash(made), made.contents())
        assert pickle.loads(pickle.dumps(held)) == made  # noqa: S301
