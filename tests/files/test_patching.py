from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from toc.errors import TheoryError
from toc.files.patch.patcher import patched
from toc.files.yaml_reader import read_yaml
from toc.files.yaml_writer import to_yaml
from toc.problems import Path

TEXT = """\
# Our theory, agreed in May
toc: 1
title: "Reading partners"   # the working title

goal: Every child reads   # the trustees' words

# What must change
outcomes:
  readers:
    title: 'Young readers catch up'
    leads_to: [goal]     # all of it
    tags: [a, "b", c]
  # Not sure about this one
  helpers:
    title: Helpers stay
    leads_to:
      readers: because it helps   # seen in 2024
      goal:

  # Kept for next year
  later: {title: Later, leads_to: readers}
activities:
  support:
      title: Weekly reading
      leads_to: readers
      description: |
        One line,
        and another.
      funding:
      - School budget   # until 2027
      # the foundation has agreed
      - Local foundation
      - {name: Fund, by: 2027-07-31}
"""


def full(raw: dict[str, Any]) -> dict[str, Any]:
    """The full form of this file's short forms: links as mappings, one goal among several."""
    form: dict[str, Any] = {}
    for key, value in raw.items():
        if key == "goal":
            goal: dict[str, Any] = value if isinstance(value, dict) else {"title": value}
            form["goals"] = {goal.get("id", "goal"): {name: part for name, part in goal.items() if name != "id"}}
        elif key in ("goals", "outcomes", "activities", "kpis"):
            form[key] = {id: full_node(node) for id, node in value.items()}
        else:
            form[key] = value
    return form


def full_node(raw: Any) -> dict[str, Any]:
    node: dict[str, Any] = dict(raw) if isinstance(raw, dict) else {"title": raw}
    if "leads_to" in node:
        links = node["leads_to"]
        links = [links] if isinstance(links, str) else links
        links = dict.fromkeys(links) if isinstance(links, list) else links
        node["leads_to"] = {
            target: {"because": link} if isinstance(link, str) else link or {} for target, link in links.items()
        }
    if "description" in node:
        node["description"] = node["description"].strip()
    return node


def shorten(value: Any, path: Path) -> Any:
    if not isinstance(value, dict):
        return value
    if path == ():
        ((id, goal),) = value["goals"].items()
        return {"goal": {"id": id, **goal}}
    if len(path) == 2 and value.keys() == {"title"}:
        return value["title"]
    if len(path) == 4:
        return value["because"] if value.keys() == {"because"} else value or None
    if len(path) == 3 and not any(value.values()):
        return next(iter(value)) if len(value) == 1 else list(value)
    return {key: shorten(part, (*path, key)) for key, part in value.items()}


def change(edit: Any, text: str = TEXT) -> tuple[list[str], list[str]]:
    """The lines of a text that an edit to its full form removes and adds; everything else stays where it was."""
    old, new = full(read_yaml(text).value), full(read_yaml(text).value)
    edit(new)
    result = patched(text, old, new, shorten)
    assert result is not None
    assert full(read_yaml(result).value) == new
    before, after = text.splitlines(keepends=True), result.splitlines(keepends=True)
    while before and after and before[0] == after[0]:
        del before[0], after[0]
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    return [line.rstrip("\r\n") for line in before], [line.rstrip("\r\n") for line in after]


def put(*path: Any) -> Any:
    """An edit that puts the last argument at the path before it."""
    *way, last, value = path

    def edit(form: Any) -> None:
        for step in way:
            form = form[step]
        if isinstance(form, list) and last == len(form):
            form.append(value)
        else:
            form[last] = value

    return edit


def take(*path: Any) -> Any:
    """An edit that takes away what stands at a path."""
    *way, last = path

    def edit(form: Any) -> None:
        for step in way:
            form = form[step]
        del form[last]

    return edit


def name(*path: Any) -> Any:
    """An edit that gives the key at a path the name that follows, in its old position."""
    *way, before, after = path

    def edit(form: Any) -> None:
        for step in way:
            form = form[step]
        items = [(after if key == before else key, value) for key, value in form.items()]
        form.clear()
        form.update(items)

    return edit


def test_text_that_means_the_same_stays_to_the_byte() -> None:
    old = full(read_yaml(TEXT).value)
    assert patched(TEXT, old, full(read_yaml(TEXT).value), shorten) == TEXT
    reordered = dict(reversed(list(old.items())))
    assert patched(TEXT, old, reordered, shorten) == TEXT


@pytest.mark.parametrize(
    ("edit", "removed", "added"),
    [
        # One value
        (put("title", "Reading: partners"),
         ['title: "Reading partners"   # the working title'], ['title: "Reading: partners"   # the working title']),
        (put("goals", "goal", "title", "no"),
         ["goal: Every child reads   # the trustees' words"], ['goal: "no"   # the trustees\' words']),
        (put("outcomes", "readers", "title", "It's them"),
         ["    title: 'Young readers catch up'"], ["    title: 'It''s them'"]),
        (put("outcomes", "helpers", "leads_to", "readers", "because", "we saw it"),
         ["      readers: because it helps   # seen in 2024"], ["      readers: we saw it   # seen in 2024"]),
        (put("outcomes", "helpers", "leads_to", "goal", "because", "so"), ["      goal:"], ["      goal: so"]),
        (put("outcomes", "helpers", "leads_to", "readers", {}),
         ["      readers: because it helps   # seen in 2024"], ["      readers:   # seen in 2024"]),
        (put("outcomes", "later", "title", "Later, perhaps"),
         ["  later: {title: Later, leads_to: readers}"], ['  later: {title: "Later, perhaps", leads_to: readers}']),
        (put("activities", "support", "description", "Short"),
         ["      description: |", "        One line,", "        and another."], ["      description: Short"]),
        (put("activities", "support", "description", "Two\nlines"),
         ["        One line,", "        and another."], ["        Two", "        lines"]),
        (put("title", "Two\nlines"), ['title: "Reading partners"   # the working title'], ["title: |-   # the working title", "  Two", "  lines"]),
        (put("activities", "support", "title", "Two\nlines"),
         ["      title: Weekly reading"], ["      title: |-", "        Two", "        lines"]),
        # Links, in every short form
        (put("outcomes", "readers", "leads_to", "helpers", {}),
         ["    leads_to: [goal]     # all of it"], ["    leads_to: [goal, helpers]     # all of it"]),
        (put("outcomes", "readers", "leads_to", "goal", "because", "it is so"),
         ["    leads_to: [goal]     # all of it"], ["    leads_to:     # all of it", "      goal: it is so"]),
        (put("activities", "support", "leads_to", "goal", {}),
         ["      leads_to: readers"], ["      leads_to: [readers, goal]"]),
        (put("outcomes", "later", "leads_to", "goal", {}),
         ["  later: {title: Later, leads_to: readers}"], ["  later: {title: Later, leads_to: [readers, goal]}"]),
        (take("outcomes", "helpers", "leads_to", "readers"), ["      readers: because it helps   # seen in 2024"], []),
        # Keys added
        (put("outcomes", "helpers", "horizon", "short"), [], ["    horizon: short"]),
        (put("outcomes", "later", "horizon", "short"),
         ["  later: {title: Later, leads_to: readers}"], ["  later: {title: Later, leads_to: readers, horizon: short}"]),
        (put("outcomes", "new", {"title": "New"}), [], ["", "  new: New"]),
        (put("activities", "second", {"title": "Second", "leads_to": {"goal": {}}}),
         [], ["  second:", "    title: Second", "    leads_to: goal"]),
        (put("kpis", {"age": {"title": "Gain"}}), [], ["kpis:", "  age: Gain"]),
        (put("goals", "goal", "by", "2030-07-31"),
         ["goal: Every child reads   # the trustees' words"],
         ["goal:   # the trustees' words", "  title: Every child reads", "  by: 2030-07-31"]),
        (put("goals", "second", {"title": "More"}),
         ["goal: Every child reads   # the trustees' words"],
         ["goals:   # the trustees' words", "  goal: Every child reads", "  second: More"]),
        # Keys taken away, with the comment above them
        (take("outcomes", "helpers"), [
            "  # Not sure about this one", "  helpers:", "    title: Helpers stay", "    leads_to:",
            "      readers: because it helps   # seen in 2024", "      goal:",
        ], []),
        (take("outcomes", "later"), ["  # Kept for next year", "  later: {title: Later, leads_to: readers}"], []),
        (take("outcomes", "readers", "tags"), ['    tags: [a, "b", c]'], []),
        (take("outcomes", "later", "title"),
         ["  later: {title: Later, leads_to: readers}"], ["  later: {leads_to: readers}"]),
        (take("outcomes", "later", "leads_to"),
         ["  later: {title: Later, leads_to: readers}"], ["  later: {title: Later}"]),
        # Keys with other names
        (name("outcomes", "helpers", "friends"), ["  helpers:"], ["  friends:"]),
        (name("outcomes", "helpers", "leads_to", "readers", "pupils"),
         ["      readers: because it helps   # seen in 2024"], ["      pupils: because it helps   # seen in 2024"]),
        (name("outcomes", "helpers", "leads_to", "goal", "aim"), ["      goal:"], ["      aim:"]),
        (name("outcomes", "readers", "leads_to", "goal", "aim"),
         ["    leads_to: [goal]     # all of it"], ["    leads_to: [aim]     # all of it"]),
        (name("outcomes", "later", "no"),
         ["  later: {title: Later, leads_to: readers}"], ['  "no": {title: Later, leads_to: readers}']),
        (name("goals", "goal", "aim"),
         ["goal: Every child reads   # the trustees' words"],
         ["goal:   # the trustees' words", "  id: aim", "  title: Every child reads"]),
        # Lists
        (put("outcomes", "readers", "tags", 1, "it's"), ['    tags: [a, "b", c]'], ['    tags: [a, "it\'s", c]']),
        (put("outcomes", "readers", "tags", 3, "d"), ['    tags: [a, "b", c]'], ['    tags: [a, "b", c, d]']),
        (put("outcomes", "readers", "tags", ["z", "a", "b", "c"]), ['    tags: [a, "b", c]'], ['    tags: [z, a, "b", c]']),
        (take("outcomes", "readers", "tags", 0), ['    tags: [a, "b", c]'], ['    tags: ["b", c]']),
        (take("outcomes", "readers", "tags", 1), ['    tags: [a, "b", c]'], ["    tags: [a, c]"]),
        (take("outcomes", "readers", "tags", 2), ['    tags: [a, "b", c]'], ['    tags: [a, "b"]']),
        (put("outcomes", "readers", "tags", []), ['    tags: [a, "b", c]'], ["    tags: []"]),
        (put("activities", "support", "funding", 3, "Gifts"), [], ["      - Gifts"]),
        (put("activities", "support", "funding", 0, "Nobody"),
         ["      - School budget   # until 2027"], ["      - Nobody   # until 2027"]),
        (put("activities", "support", "funding", 2, "by", "2028-07-31"),
         ["      - {name: Fund, by: 2027-07-31}"], ["      - {name: Fund, by: 2028-07-31}"]),
        (take("activities", "support", "funding", 1),
         ["      # the foundation has agreed", "      - Local foundation"], []),
        (put("activities", "support", "funding", ["Gifts", "School budget", "Local foundation", {"name": "Fund", "by": "2027-07-31"}]),
         [], ["      - Gifts"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=ascii)
def test_only_the_lines_change_that_must(edit: Any, removed: list[str], added: list[str], newline: str) -> None:
    text = TEXT.replace("\n", newline)
    assert change(edit, text) == (removed, added)


def test_a_text_without_a_last_line_break_gets_its_new_line() -> None:
    assert patched("a: 1", {"a": 1}, {"a": 1, "b": 2}) == "a: 1\nb: 2"
    assert patched("a: 1\nb: 2", {"a": 1, "b": 2}, {"a": 1}) == "a: 1"


@pytest.mark.parametrize("ends", [("\r", "\n"), ("\r\n", "\r"), ("\n", "\r\n", "\r\n")], ids=ascii)
def test_each_line_keeps_its_own_end_and_a_new_one_has_that_of_most(ends: tuple[str, ...]) -> None:
    lines = [line + ends[number % len(ends)] for number, line in enumerate(TEXT.splitlines())]
    removed, added = change(put("title", "New"), "".join(lines))
    assert (removed, added) == ([TEXT.splitlines()[2]], ['title: "New"   # the working title'])
    old = {"a": 1, "b": 2}
    assert patched("a: 1\r\nb: 2\rc: 3\r\n", {**old, "c": 3}, {**old, "c": 3, "d": [4, {"e": None}]}) == (
        "a: 1\r\nb: 2\rc: 3\r\nd:\r\n  - 4\r\n  - e:\r\n"
    )


def test_in_a_long_list_only_what_changed_is_written() -> None:
    text = "tags:\n" + "".join(f"  - t{n}   # {n}\n" for n in range(900))
    old = [f"t{n}" for n in range(900)]
    lines = text.splitlines()
    for new, expected in (
        ([*old, "last"], [*lines, "  - last"]),
        ([*old[:400], "new", *old[400:600], *old[602:]], [*lines[:401], "  - new", *lines[401:601], *lines[603:]]),
    ):
        found = patched(text, {"tags": old}, {"tags": new})
        assert found is not None
        assert [pair for pair in zip(found.splitlines(), expected, strict=True) if pair[0] != pair[1]] == []


def test_an_explicit_default_is_left_alone_and_changed_when_it_changes() -> None:
    text = "a: {b: 1, sign: '+'}\nc: 2\n"
    old: dict[str, Any] = {"a": {"b": 1}, "c": 2}
    assert patched(text, old, {"a": {"b": 3}, "c": 2}) == "a: {b: 3, sign: '+'}\nc: 2\n"
    assert patched(text, old, {"a": {"b": 1, "sign": "-"}, "c": 2}) == "a: {b: 1, sign: '-'}\nc: 2\n"


def test_a_goal_with_its_own_id_keeps_it_inside() -> None:
    text = "goal:\n  id: aim   # ours\n  title: Reading\n"
    old = {"goals": {"aim": {"title": "Reading"}}}
    assert (
        patched(text, old, {"goals": {"end": {"title": "Reading"}}}) == "goal:\n  id: end   # ours\n  title: Reading\n"
    )
    assert patched("goal: {title: A}", {"goals": {"goal": {"title": "A"}}}, {"goals": {"end": {"title": "B"}}}) == (
        "goal: {id: end, title: B}"
    )
    assert patched(
        "goal:\n  # ours\n  title: A", {"goals": {"goal": {"title": "A"}}}, {"goals": {"end": {"title": "A"}}}
    ) == ("goal:\n  # ours\n  id: end\n  title: A")
    assert patched(text, old, {"goals": {"aim": {"title": "All"}}}) == "goal:\n  id: aim   # ours\n  title: All\n"


ARGUED = """\
a:
  title: A
  leads_to:
    # first of all
    - b   # the main one
    - c   # and this
  target:
    value: 14   # agreed with the funder
    by: 2026-07-31
  tags:
    - x   # one
    - y   # two
    - z   # three
  note: |   # as spoken
    One line.
    And another.
b: [1,   # why one
  2]
"""


def argued(value: dict[str, Any]) -> dict[str, Any]:
    """The full form of that text: links as mappings, milestones in a list."""
    node = value["a"]
    links = node["leads_to"]
    links = {key: {} for key in links} if isinstance(links, list) else links
    links = {id: {"because": link} if isinstance(link, str) else link or {} for id, link in links.items()}
    target = node["target"] if isinstance(node["target"], list) else [node["target"]]
    return {**value, "a": {**node, "leads_to": links, "target": target}}


def short_argued(value: Any, path: Path) -> Any:
    if path[1:2] == ("leads_to",):
        if len(path) == 3:
            return value.get("because")
        return {id: link.get("because") for id, link in value.items()} if any(value.values()) else list(value)
    return value[0] if path[-1:] == ("target",) else value


@pytest.mark.parametrize(
    ("edit", "removed", "added"),
    [
        (put("a", "leads_to", "c", {"because": "it is so"}),
         ["    - b   # the main one", "    - c   # and this"],
         ["    b:   # the main one", "    c: it is so   # and this"]),
        (put("a", "leads_to", {"b": {}, "d": {"because": "why not"}}),
         ["    - b   # the main one", "    - c   # and this"], ["    b:   # the main one", "    d: why not"]),
        (put("a", "leads_to", {"c": {}, "b": {}}),
         ["    # first of all", "    - b   # the main one", "    - c   # and this"],
         ["    - c   # and this", "    # first of all", "    - b   # the main one"]),
        (put("a", "target", [{"value": 15, "by": "2026-07-31"}]),
         ["    value: 14   # agreed with the funder"], ["    value: 15   # agreed with the funder"]),
        (put("a", "tags", ["z", "y", "x"]),
         ["    - x   # one", "    - y   # two", "    - z   # three"],
         ["    - z   # three", "    - y   # two", "    - x   # one"]),
        (put("a", "tags", ["z", "w", "x"]),
         ["    - x   # one", "    - y   # two", "    - z   # three"],
         ["    - z   # three", "    - w   # two", "    - x   # one"]),
        (put("a", "note", "One line.\nAnd more.\n"), ["    And another."], ["    And more."]),
        (put("a", "note", "One."),
         ["  note: |   # as spoken", "    One line.", "    And another."], ["  note: One.   # as spoken"]),
    ],
)  # fmt: skip
def test_comments_stay_with_what_they_are_about(edit: Any, removed: list[str], added: list[str]) -> None:
    old, new = argued(read_yaml(ARGUED).value), argued(read_yaml(ARGUED).value)
    edit(new)
    result = patched(ARGUED, old, new, short_argued)
    assert result is not None
    assert argued(read_yaml(result).value) == new
    before, after = ARGUED.splitlines(), result.splitlines()
    while before[:1] == after[:1]:
        del before[0], after[0]
    while before[-1:] == after[-1:]:
        del before[-1], after[-1]
    assert (before, after) == (removed, added)


@pytest.mark.parametrize("new", [[1], [2], [2, 1]])
def test_a_comment_that_could_be_about_what_stays_is_not_lost(new: Any) -> None:
    value = read_yaml(ARGUED).value
    assert patched(ARGUED, value, {**value, "b": new}) is None


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=ascii)
def test_folded_text_changes_in_the_lines_whose_words_change(newline: str) -> None:
    text = "a:\n  b: >-   # ours\n    one two three\n    four five six\n    seven eight\n  c: 1\n".replace(
        "\n", newline
    )
    old = {"a": {"b": "one two three four five six seven eight", "c": 1}}
    for words, lines in {
        "one two three four 5 six seven eight": "one two three\n    four 5 six\n    seven eight",
        "one two three seven eight": "one two three\n    seven eight",
        "one two three four five six seven eight nine": "one two three\n    four five six\n    seven eight\n    nine",
        "no": "no",
    }.items():
        new = {"a": {"b": words, "c": 1}}
        assert patched(text, old, new) == f"a:\n  b: >-   # ours\n    {lines}\n  c: 1\n".replace("\n", newline)


def test_a_value_from_an_alias_is_written_out_where_it_changes() -> None:
    text = "a: &x [1, 2]\nb: *x   # same\n"
    assert patched(text, {"a": [1, 2], "b": [1, 2]}, {"a": [1, 2], "b": [1, 3]}) == "a: &x [1, 2]\nb: [1, 3]   # same\n"


@pytest.mark.parametrize("text", ["- a\n", "a: 1\na: 2\n", "a: [", "", "? a\n: 1\n"])
def test_what_cannot_be_patched_is_left_to_the_caller(text: str) -> None:
    assert patched(text, {"a": 1}, {"a": {"b": [1]}}) is None


words = st.sampled_from(["a", "b", "c", "no", "some words", "1:30", "x: y", "# z", "two\nlines", "", "it's"])
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(0, 20) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)
mappings = st.dictionaries(words, values, min_size=1, max_size=5)


def mutated(value: Any, chance: random.Random) -> Any:
    """The same value with a few things changed, added, taken away or in another order."""
    if isinstance(value, dict):
        items = [(key, mutated(part, chance)) for key, part in value.items() if chance.random() > 0.15]
        if chance.random() < 0.3:
            items.insert(
                chance.randrange(len(items) + 1),
                (f"key{chance.randrange(9)}", chance.choice(["new", 3, [1, "b"], {"k": "v"}])),
            )
        return dict(items)
    if isinstance(value, list):
        parts = [mutated(part, chance) for part in value if chance.random() > 0.15]
        if chance.random() < 0.3:
            parts.insert(chance.randrange(len(parts) + 1), chance.choice(["new", 3, None, [1], {"k": "v", "l": [1]}]))
        return parts
    return chance.choice(["changed", 7, None, "a\nb"]) if chance.random() < 0.2 else value


def with_comments(text: str, chance: random.Random) -> str:
    """The text with comment lines and empty lines in between, and remarks behind some lines."""
    lines = []
    for line in text.splitlines():
        if chance.random() < 0.2:
            lines.append(
                chance.choice(["", "# note", " " * (len(line) - len(line.lstrip())) + "# about: this - thing"])
            )
        lines.append(line + "   # aside" if chance.random() < 0.2 else line)
    return "\n".join(lines) + "\n"


def read_or_skip(text: str) -> Any:
    try:
        return read_yaml(text).value
    except TheoryError:  # a comment cut a text in two
        reject()


@given(mappings, st.integers(0, 10**6))
def test_what_is_patched_means_what_was_wanted(old: dict[str, Any], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    text = with_comments(to_yaml(old, stays_block=lambda *_: chance.random() < 0.7), chance)
    old = read_or_skip(text)  # a comment inside a text is text
    new = mutated(old, chance)
    result = patched(text, old, new)
    if result is not None:
        assert read_yaml(result).value == new
        assert not read_yaml(result).problems
    else:
        assert not any(key in new for key in old) or "#" in text
