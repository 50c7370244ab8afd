"""Theories in the models and endpoints of other programs: schemas, messages, clients made from them."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

import pytest
import yaml
from fastapi import Body, FastAPI
from jsonschema import Draft202012Validator
from pydantic import BaseModel, Field, TypeAdapter, ValidationError, computed_field, model_validator

import toc
from conftest import CI, RequireTool
from node_tools import NODE, need_package
from toc import TheoryOfChange
from toc.model.mappings import FrozenDict
from toc.model.theory import TITLED
from toc.model.types import Id

T = TypeVar("T")

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
FILES = {path.stem: path for path in sorted(EXAMPLES.glob("*.yaml"))}
MODELS = [
    model
    for model in (getattr(toc, name) for name in toc.__all__)
    if isinstance(model, type) and issubclass(model, BaseModel)
]


class Days(yaml.SafeLoader):
    """YAML whose days stay text, as JSON has them."""


Days.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if not tag.endswith("timestamp")]
    for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def short(name: str) -> Any:
    """A shipped example as its author wrote it."""
    return yaml.load(FILES[name].read_text(encoding="utf-8"), Days)  # noqa: S506  # a safe loader


def normal(name: str) -> Any:
    """The same with nothing abbreviated."""
    return toc.load(FILES[name]).model_dump(mode="json")


# Forms in which an endpoint may take theories, and answer them.


class Page(BaseModel, Generic[T]):
    items: list[T]
    next: T | None = None


class Versions(BaseModel):
    old: TheoryOfChange
    new: TheoryOfChange | None = None
    added: toc.Activity | None = None


class Granted(TheoryOfChange):
    grant: str | None = None


class Mixed(BaseModel):
    ours: Granted
    theirs: TheoryOfChange
    kpis: list[toc.Kpi] = []


class Sketch(BaseModel):
    toc: Literal[0]
    text: str


FORMS: dict[str, tuple[Any, Any]] = {
    "alone": (TheoryOfChange, lambda one: one),
    "optional": (TheoryOfChange | None, lambda one: one),
    "union": (TheoryOfChange | str, lambda one: one),
    "tuple": (tuple[TheoryOfChange, TheoryOfChange], lambda one: [one, one]),
    "list": (list[TheoryOfChange], lambda one: [one]),
    "dict": (dict[str, TheoryOfChange], lambda one: {"a": one}),
    "generic": (Page[TheoryOfChange], lambda one: {"items": [one], "next": one}),
    "two fields": (Versions, lambda one: {"old": one, "new": one, "added": {"title": "A"}}),
    "subclass": (Granted, lambda one: {**one, "grant": "2026/7"}),
    "with its subclass": (Mixed, lambda one: {"ours": one, "theirs": one, "kpis": [{"title": "K", "measures": "a"}]}),
    "discriminated": (Annotated[TheoryOfChange | Sketch, Field(discriminator="toc")], lambda one: one),
}


def service(forms: dict[str, Any]) -> FastAPI:
    """An application with an endpoint for each form, which answers what it is sent."""
    app = FastAPI()
    for number, form in enumerate(forms.values()):

        def echo(body: Any) -> Any:
            return body

        echo.__annotations__ = {"body": Annotated[form, Body()], "return": form}
        app.post(f"/{number}", name=f"echo{number}")(echo)
    return app


def client(app: FastAPI) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # which HTTP library the client should use is between it and its authors
        from fastapi.testclient import TestClient

        return TestClient(app)


def document(app: FastAPI) -> Any:
    """The description of a service, in which every schema is one and every reference leads somewhere."""
    answer = client(app).get("/openapi.json")
    assert answer.status_code == 200
    whole = answer.json()
    assert whole["openapi"].startswith("3.1")
    for schema in whole["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for reference in references(whole):
        here = whole
        for step in reference.removeprefix("#/").split("/"):
            here = here[step]
    return whole


def references(value: Any) -> Any:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        value = list(value.values())
    for part in value if isinstance(value, list) else ():
        yield from references(part)


def faults(schema: Any, whole: Any, value: Any) -> list[str]:
    """What a schema of a description says against a value."""
    found = Draft202012Validator({**schema, "components": whole["components"]}).iter_errors(value)
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in found]


@pytest.mark.parametrize("name", FORMS)
def test_an_endpoint_takes_and_answers_theories_in_every_form_as_its_description_says(name: str) -> None:
    form, wrapped = FORMS[name]
    app = service({name: form})
    whole = document(app)
    post = whole["paths"]["/0"]["post"]
    asked = post["requestBody"]["content"]["application/json"]["schema"]
    answered = post["responses"]["200"]["content"]["application/json"]["schema"]
    examples = FILES if name == "alone" else ("swimming", "rgs-newcastle")
    for example in examples:
        for raw in (short(example), normal(example)):
            body = wrapped(raw)
            assert faults(asked, whole, body) == []
            answer = client(app).post("/0", json=body)
            assert answer.status_code == 200
            assert faults(answered, whole, answer.json()) == []
            back = TypeAdapter(form)
            assert back.validate_python(answer.json()) == back.validate_python(body)


def test_one_application_has_them_all_beside_strangers_of_the_same_names() -> None:
    class Goal(BaseModel):
        text: str

    Link = type("Link", (BaseModel,), {"__annotations__": {"href": str}})  # noqa: N806  # a class
    whole = document(service({**{name: form for name, (form, _) in FORMS.items()}, "goal": Goal, "link": Link}))
    ours = [name for name in whole["components"]["schemas"] if name.startswith("TheoryOfChange")]
    assert sorted(ours) == ["TheoryOfChange-Input", "TheoryOfChange-Output"]
    for path in whole["paths"].values():
        schema = path["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert faults(schema, whole, 5)


def test_two_theories_are_two_parameters_of_one_endpoint() -> None:
    app = FastAPI()

    @app.post("/compare")
    def compare(old: TheoryOfChange, new: TheoryOfChange) -> dict[str, Any]:
        return toc.compare(old, new).to_dict()

    whole = document(app)
    body = whole["paths"]["/compare"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    small = short("small-charity")
    assert faults(body, whole, {"old": small, "new": small}) == []
    assert faults(body, whole, {"old": small, "new": {**small, "pillers": {}}})


@pytest.mark.parametrize("mode", ["validation", "serialization"])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_public_model_has_a_schema(model: type[BaseModel], mode: Any) -> None:
    schema = model.model_json_schema(mode=mode)
    Draft202012Validator.check_schema(schema)
    assert not set(schema["properties"]) & getattr(model, "derived", set())
    for key, is_refused in (("no-such-key", True), ("x-note", False)):
        found = Draft202012Validator(schema).iter_errors({key: 1})
        assert ("propertyNames" in {error.schema_path[0] for error in found}) == is_refused


def test_a_subclass_with_goals_of_its_own_may_write_one_goal_by_itself() -> None:
    class Funded(toc.Goal):
        fund: str

    class Programme(TheoryOfChange):
        goals: FrozenDict[Id, Annotated[Funded, TITLED]]  # type: ignore[assignment]  # a dict may hold less

    schema = Draft202012Validator(Programme.model_json_schema())
    one = {"toc": 1, "title": "T", "goal": {"title": "G", "fund": "F", "id": "impact"}}
    assert list(schema.iter_errors(one)) == []
    assert Programme.model_validate(one).goals["impact"].fund == "F"
    assert list(schema.iter_errors({"toc": 1, "title": "T", "goal": {"title": "G"}}))


# What is wrong is said in our words, wherever a value of ours stands in a model of somebody else's.


def problems(validate: Any, value: Any) -> list[tuple[Any, ...]]:
    with pytest.raises(ValidationError) as raised:
        validate(value)
    return [(detail["type"], detail["loc"]) for detail in raised.value.errors()]


def test_in_a_union_a_place_names_the_class_and_nothing_private() -> None:
    class Either(BaseModel):
        theory: TheoryOfChange | str
        part: toc.Activity | int | None = None
        own: Granted | int | None = None

    wrong = {"toc": 1, "title": "T", "goal": "G", "zz": 1}
    found = problems(Either.model_validate, {"theory": wrong, "part": {"titel": "A"}, "own": wrong})
    assert ("TOC010", ("theory", "TheoryOfChange", "zz")) in found
    assert ("TOC010", ("part", "Activity", "titel")) in found
    assert ("TOC010", ("own", "Granted", "zz")) in found


READERS: dict[str, Any] = {
    "itself": toc.Activity.model_validate,
    "JSON": lambda value: toc.Activity.model_validate_json(json.dumps(value)),
    "an adapter": lambda value: TypeAdapter(toc.Activity).validate_python(value),
    "a list": lambda value: TypeAdapter(list[toc.Activity]).validate_python([value])[0],
    "a union": lambda value: TypeAdapter(toc.Activity | toc.Partner).validate_python(value),
    "a model beside a theory": lambda value: Versions.model_validate({"old": short("swimming"), "added": value}).added,
    "a body": lambda value: client(service({"part": toc.Activity})).post("/0", json=value),
}


@pytest.mark.parametrize("reader", [name for name in READERS if name != "a body"])
def test_a_part_that_stands_alone_says_what_is_wrong_in_our_words(reader: str) -> None:
    with pytest.raises(ValidationError) as raised:
        READERS[reader]({"titel": "Clubs", "certainty": "hihg", "leads_to": {"a": {"becuse": "x"}}})
    told = {
        (detail["type"], detail["loc"][-1]): detail["msg"]
        for detail in raised.value.errors()
        if "Partner" not in detail["loc"]
    }
    assert told["TOC010", "titel"] == "unknown key 'titel': did you mean 'title'? it may come from a newer version"
    assert told["TOC011", "title"] == "`title` is missing"
    assert told["TOC013", "certainty" if ("TOC013", "certainty") in told else "level"].endswith("did you mean 'high'?")
    assert told["TOC010", "becuse"].startswith("unknown key 'becuse': did you mean 'because'?")
    assert len(told) == 4


def test_a_part_as_a_body_is_answered_with_our_codes() -> None:
    answer = READERS["a body"]({"titel": "Clubs"})
    assert answer.status_code == 422
    found = {(detail["type"], tuple(detail["loc"])) for detail in answer.json()["detail"]}
    assert found == {("TOC010", ("body", "titel")), ("TOC011", ("body", "title"))}


@pytest.mark.parametrize("first", ["toc.Activity(title='A')", "toc.loads('{toc: 1, title: T, goal: G}')"])
def test_what_was_made_first_changes_no_message(first: str) -> None:
    text = "toc: 1\\ntitle: T\\ngoal: G\\nactivities:\\n  a: {title: A, kpis: x, target: 3}\\n"
    program = f"import toc\n{first}\ntry:\n    toc.loads('{text}')\nexcept toc.TheoryError as error:\n    print(error)"
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert "that is `kpis:`, which stands at the left margin; each of them says `measures: a`" in told
    assert "a KPI holds it: write it under `kpis`, in one with `measures: a`" in told


def test_no_error_points_to_a_page_that_is_not_there() -> None:
    for model, wrong in ((TheoryOfChange, {"toc": 1, "titel": "T"}), (toc.Kpi, {"titel": "K"})):
        for read in (model.model_validate, lambda value, model=model: model.model_validate_json(json.dumps(value))):
            with pytest.raises(ValidationError) as raised:
                read(wrong)
            assert all("url" not in detail for detail in json.loads(raised.value.json()))
            assert all("url" not in detail for detail in raised.value.errors())
            assert raised.value.title == model.__name__


# Classes derived from ours.


class Counted(TheoryOfChange):
    grant: str | None = None

    @computed_field  # type: ignore[prop-decorator]  # as pydantic's own documentation has it
    @property
    def size(self) -> int:
        return len(self.nodes)

    @model_validator(mode="after")
    def _ids_are_told(self) -> Counted:
        assert all(node.id == id for id, node in self.nodes.items())
        assert all(link.source and link.target for link in self.links)
        return self


@pytest.mark.parametrize("format", ["yaml", "json"])
@pytest.mark.parametrize("name", FILES)
def test_what_a_subclass_works_out_is_not_written_to_its_file(name: str, format: Any) -> None:
    theory = Counted.model_validate({**short(name), "grant": "2026/7"})
    text = theory.dumps(format)
    assert toc.loads(text, format=format, into=Counted) == theory
    assert theory.model_dump()["size"] == theory.size == len(theory)
    assert "size" not in Counted.model_json_schema()["properties"]
    assert "size" in Counted.model_json_schema(mode="serialization")["properties"]


def test_the_version_of_the_format_tells_a_theory_from_something_else() -> None:
    either: Any = TypeAdapter(Annotated[TheoryOfChange | Sketch, Field(discriminator="toc")])
    assert isinstance(either.validate_python({"toc": 1, "title": "T", "goal": "G"}), TheoryOfChange)
    assert isinstance(either.validate_python({"toc": 0, "text": "G"}), Sketch)
    assert problems(either.validate_python, {"toc": 1, "title": "T", "gaol": "G"})[0] == ("TOC010", (1, "gaol"))


@pytest.mark.parametrize("version", [True, 1.0, "1", 0, None])
def test_only_the_number_one_is_this_version_of_the_format(version: Any) -> None:
    assert ("TOC013", ("toc",)) in problems(TheoryOfChange.model_validate, {"toc": version, "title": "T", "goal": "G"})


# Clients that other programs make from the description.


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clients") / "openapi.json"
    path.write_text(json.dumps(document(service({"theory": TheoryOfChange, "kpi": toc.Kpi}))), encoding="utf-8")
    return path


def test_a_client_in_typescript_takes_the_examples_as_they_are_written(
    described: Path, require_tool: RequireTool
) -> None:
    node = require_tool("node")
    generator, compiler = need_package("openapi-typescript"), need_package("typescript")
    made = described.with_name("made.d.ts")
    subprocess.run(
        [node, generator / "bin/cli.js", described, "-o", made], check=True, capture_output=True, cwd=NODE, timeout=120
    )
    lines = [
        'import type { components } from "./made";',
        'type Sent = components["schemas"]["TheoryOfChange-Input"];',
        'type Got = components["schemas"]["TheoryOfChange-Output"];',
        "export const back = (theory: Got): Sent => theory;",
        "export const count = (theory: Got): number => Object.keys(theory.outcomes).length;",
        "// @ts-expect-error  a title is required",
        'export const untitled: Sent = { toc: 1, goal: "G" };',
    ]
    lines += [f"export const e{n}: Sent = {json.dumps(short(name))};" for n, name in enumerate(FILES)]
    lines += [f"export const n{n}: Sent = {json.dumps(normal(name))};" for n, name in enumerate(FILES)]
    program = described.with_name("program.ts")
    program.write_text("\n".join(lines), encoding="utf-8")
    options = ["--strict", "--noEmit", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"]
    done = subprocess.run(
        [node, compiler / "bin/tsc", *options, program], capture_output=True, text=True, check=False, timeout=240
    )
    assert done.stdout == ""
    assert done.returncode == 0


READING = """
import json, sys
from client import TheoryOfChangeInput
texts = json.load(open("examples.json", encoding="utf-8"))
read = [TheoryOfChangeInput.model_validate(text) for text in texts]
json.dump([json.loads(one.model_dump_json(exclude_unset=True, by_alias=True)) for one in read], sys.stdout)
"""


def test_a_client_in_python_takes_the_examples_and_sends_them_back_whole(described: Path) -> None:
    if find_spec("datamodel_code_generator") is None:
        reason = "needs datamodel-code-generator: make test installs it"
        if CI:
            pytest.fail(reason)
        pytest.skip(reason)
    folder = described.parent
    command: list[str | Path] = [sys.executable, "-W", "ignore", "-m", "datamodel_code_generator", "--input", described]
    command += ["--input-file-type", "openapi", "--output-model-type", "pydantic_v2.BaseModel"]
    subprocess.run([*command, "--output", folder / "client.py"], check=True, capture_output=True, timeout=120)
    texts = [form(name) for name in FILES for form in (short, normal)]
    (folder / "examples.json").write_text(json.dumps(texts), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", READING], capture_output=True, text=True, cwd=folder, check=False)
    assert done.stderr == ""
    for sent, text in zip(json.loads(done.stdout), texts, strict=True):
        assert TheoryOfChange.model_validate(sent) == TheoryOfChange.model_validate(text)
