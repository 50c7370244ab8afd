"""Everything that can be done on the page, by mouse and by keyboard, and what a person then sees, in a real browser."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from page.playing import SEE, at, click, play, play_each, press

Told = Sequence[Any]

BOXES = ["goal", "words", "homes", "fluent", "borrow", "sessions", "clubs", "mentors", "visits", "stories"]
ABOUT_CLUBS = (
    "Project", "Reading clubs", "Leads to 1 output, 1 outcome, 1 strand and 1 goal.", "Once a week after school",
    "Young readers (disadvantaged)", "high: Each child is heard reading", "40 a year", "Librarian",
    "primary, after-school", "Output: Sessions held", "Strong confidence", "Clubs are where sessions happen",
    "Assumption, tested and holding so far: Children can get home afterwards",
    "Assumption, not yet tested: Parents like the idea", "Evidence in support: Report on clubs (evaluation, strong)",
    "Evidence against: A doubtful column", "How to measure", "Why", "What not to claim", "Sources", "Smith in SecEd",
)  # fmt: skip


# Choosing a box


@play_each(
    {
        "mouse": [click("#toc-clubs"), SEE],
        "enter": [at("clubs"), press("Enter"), SEE],
        "space": [at("clubs"), press(" "), SEE],
    }
)
def test_a_box_tells_everything_about_itself(told: Told, way: str) -> None:
    (shown,) = told
    missing = [text for text in ABOUT_CLUBS if text not in shown["panel"]]
    assert missing == []
    assert shown["live"] == "Selected Project: Reading clubs; 0 causes, 1 effect"
    # By keyboard one goes on reading; with the mouse one stays at the drawing.
    assert shown["focus"] == ("Project: Reading clubs attainment" if way == "mouse" else "panel-title")


@play(click("#toc-fluent"), SEE)
def test_the_panel_tells_the_kpis_and_both_ends_of_every_link(told: Told) -> None:
    (shown,) = told
    for text in (
        "Reached from 4 projects, 1 output and 1 outcome; leads to 1 strand and 1 goal.",
        "Strand: Words for all Strong confidence Because: Practice makes fluent.",
        "Outcome: Families borrow books Weak confidence Because: Children read what lies about.",
        "Output: Sessions held Confidence not stated",
        "KPI Reading age gain Target 14 months by 31 July 2027 Latest 10 months on 31 July 2026",
        "Baseline 6 months on 31 July 2025",
        "Owner Head of English Source Standard reading test",
        "When short term",
    ):
        assert text in shown["panel"]


@play_each({"mouse": [click("#toc-fluent"), SEE], "keyboard": [at("fluent"), press("Enter"), SEE]})
def test_all_that_leads_to_a_box_and_that_it_leads_to_stands_out(told: Told, way: str) -> None:
    (shown,) = told
    assert set(shown["boxes"]["faded"]) == {"homes"}
    assert shown["boxes"]["thick"] == ["fluent"]
    assert set(shown["badges"]) == {"clubs", "mentors", "visits", "stories"}


@play(click("#toc-mentors"), SEE)
def test_what_has_nothing_to_do_with_a_box_fades_with_its_arrows_and_badges(told: Told) -> None:
    (shown,) = told
    assert set(shown["boxes"]["bright"]) == {"goal", "words", "fluent", "mentors"}
    assert shown["badges"] == ["mentors"]
    assert set(shown["arrows"]["bright"]) == {"mentors_fluent", "words_goal"}
    assert not shown["boxes"]["gone"]


@play(SEE, click("#toc-stories"), SEE, click("#close"), SEE)
def test_an_arrow_that_shares_a_trunk_is_seen_whole_when_the_others_fade(told: Told) -> None:
    before, during, after = told
    assert (before["ways"], after["ways"]) == (0, 0)
    assert during["ways"] == 2  # the way and its head
    assert "stories_borrow" in during["arrows"]["bright"]
    assert "visits_borrow" in during["arrows"]["faded"]


@play_each(
    {
        "mouse": [click("#toc-clubs"), click("#close"), SEE],
        "escape": [at("clubs"), press("Enter"), press("Escape"), SEE],
        "escape at the drawing": [click("#toc-clubs"), press("Escape"), SEE],
    }
)
def test_closing_brings_everything_back_and_the_focus_to_its_box(told: Told, way: str) -> None:
    (shown,) = told
    assert shown["panel"] is None
    assert shown["boxes"]["faded"] == shown["boxes"]["thick"] == []
    assert shown["focus"].startswith("Project: Reading clubs")


@play_each(
    {
        "mouse": [click("#toc-clubs"), click("#panel .jump"), SEE],
        "keyboard": [at("clubs"), press("Enter"), press("Tab", 2), press("Tab"), press("Enter"), SEE],
    }
)
def test_a_link_in_the_panel_goes_to_the_other_box(told: Told, way: str) -> None:
    (shown,) = told
    assert shown["title"] == "Sessions held"
    assert shown["boxes"]["thick"] == ["sessions"]
    assert "sessions" in shown["boxes"]["inside"]
    assert shown["focus"] == "panel-title"


@play(
    click("#toc-clubs"),
    ["ask", "[...document.querySelectorAll('#panel a')].map((it) => [it.getAttribute('href'), it.rel])"],
)
def test_only_web_addresses_are_links_out_of_the_page(told: Told) -> None:
    links = dict(told[0])
    assert links["https://example.org/clubs"] == links["https://example.org/report"] == "noopener noreferrer"
    assert all(re.match(r"https://|#about-", address) for address in links)


# Walking


@play(at("clubs"), press("ArrowUp"), SEE, press("ArrowUp"), SEE, press("ArrowDown"), SEE)
def test_arrow_keys_walk_along_the_links(told: Told) -> None:
    assert told[0]["focus"] == "Output: Sessions held"
    assert told[1]["focus"].startswith("Outcome: Pupils read fluently")
    assert told[2]["focus"] != told[1]["focus"]
    assert told[2]["focus"].partition(":")[0] in {"Outcome", "Output", "Project"}


@play(at("clubs"), press("ArrowRight"), SEE, press("ArrowLeft"), SEE, press("ArrowDown"), SEE)
def test_arrow_keys_go_to_the_box_beside_and_say_where_nothing_is(told: Told) -> None:
    right, left, nothing = told
    assert right["focus"].startswith("Project: Mentors read with pupils")
    assert left["focus"].startswith("Project: Reading clubs")
    assert nothing["focus"] == left["focus"]
    assert nothing["live"] == "Nothing that is shown leads to it"


@play(at("clubs"), press("Enter"), at("clubs"), press("ArrowUp"), SEE)
def test_while_the_panel_is_open_it_follows_the_walk(told: Told) -> None:
    assert told[0]["title"] == "Sessions held"
    assert told[0]["focus"] == "Output: Sessions held"


@play(*[step for _ in range(13) for step in (press("Tab"), ["ask", "document.activeElement.closest('.node')?.id"])])
def test_tab_goes_through_the_boxes_in_reading_order(told: Told) -> None:
    boxes = [id.removeprefix("toc-") for id in told if id]
    assert boxes == BOXES[: len(boxes)]
    assert len(boxes) >= 5


@play(press("Tab"), ["ask", "document.activeElement.getBoundingClientRect().top"], press("Enter"), SEE)
def test_the_skip_link_is_seen_and_leads_past_the_drawing(told: Told) -> None:
    top, shown = told
    assert top >= 0
    assert shown["focus"] == "words"
    assert shown["scrolled"] > 300


@play(
    at("clubs"),
    press("ArrowUp"),
    ["ask", "getComputedStyle(document.activeElement).outlineStyle"],
    ["focus", "#reset"],
    press("Tab"),
    ["ask", "getComputedStyle(document.activeElement).outlineStyle"],
)
def test_the_focus_is_seen(told: Told) -> None:
    assert told == ["solid", "solid"]


# Zoom and pan


@play_each(
    {
        "buttons": [SEE, click("#larger"), SEE, click("#smaller"), click("#smaller"), SEE, click("#fit"), SEE],
        "keys": [at("clubs"), SEE, press("+"), SEE, press("-", 2), SEE, press("0"), SEE],
    }
)
def test_the_drawing_grows_shrinks_and_fits(told: Told, way: str) -> None:
    start, larger, smaller, fitted = (shown["zoom"] for shown in told)
    assert larger == pytest.approx(1.25 * start)
    assert smaller == pytest.approx(0.8 * start, rel=0.01)
    assert fitted <= start  # it opens as wide as there is room for, however high that is
    assert set(told[3]["boxes"]["inside"]) == set(BOXES)


@play(["hover", "#stage"], ["wheel", 200], SEE)
def test_the_wheel_scrolls_the_page_while_nobody_is_at_the_drawing(told: Told) -> None:
    assert told[0]["scrolled"] > 100


@play_each(
    {
        "with ctrl": [SEE, ["hover", "#toc-clubs"], ["hold", "Control"], ["wheel", -80], ["release", "Control"], SEE],
        "at the drawing": [SEE, ["focus", "#stage"], ["hover", "#toc-clubs"], ["wheel", -300], SEE],
    }
)
def test_the_wheel_zooms_where_it_is_meant_to(told: Told, way: str) -> None:
    before, after = told
    assert after["zoom"] > 1.3 * before["zoom"]
    assert after["scrolled"] == 0
    assert "clubs" in after["boxes"]["inside"]  # what is under the pointer stays there


@play(["focus", "#stage"], ["hover", "#stage"], ["wheel", 4000], ["wheel", 400], SEE)
def test_at_its_smallest_the_drawing_lets_the_page_scroll_on(told: Told) -> None:
    assert told[0]["scrolled"] > 100


@play(click("#larger"), click("#larger"), SEE, ["drag", "#toc-fluent", [-120, -60]], SEE)
def test_dragging_moves_the_drawing_and_chooses_nothing(told: Told) -> None:
    before, after = told
    assert (after["view"][0] - before["view"][0]) * before["zoom"] == pytest.approx(120, abs=1)
    assert (after["view"][1] - before["view"][1]) * before["zoom"] == pytest.approx(60, abs=1)
    assert after["panel"] is None


@play(click("#larger"), ["focus", "#stage"], SEE, press("ArrowRight"), press("ArrowDown"), SEE)
def test_arrow_keys_move_the_drawing_itself(told: Told) -> None:
    before, after = told
    assert after["view"][0] > before["view"][0]
    assert after["view"][1] > before["view"][1]


@play(["hover", "#stage"], SEE, ["pinch", 40, 100], SEE, viewport={"width": 390, "height": 844}, touch=True)
def test_two_fingers_make_the_drawing_larger(told: Told) -> None:
    assert told[1]["zoom"] > 2 * told[0]["zoom"]


@play(SEE, click("#larger"), ["settle"], SEE, click("#fit"), ["settle"], SEE, motion="no-preference")
def test_with_motion_the_drawing_arrives_at_the_same_place(told: Told) -> None:
    start, larger, fitted = (shown["zoom"] for shown in told)
    assert larger == pytest.approx(1.25 * start)
    assert fitted <= start


# Filters, collapsing, reset


@play_each(
    {
        "mouse": [click("#filter > summary"), click("input[value=homes]"), SEE],
        "keyboard": [["focus", "#filter > summary"], press("Enter"), press("Tab", 2), press(" "), SEE],
    }
)
def test_a_pillar_alone_is_shown_with_its_arrows(told: Told, way: str) -> None:
    (shown,) = told
    assert set(shown["boxes"]["bright"]) == {"goal", "homes", "borrow", "visits", "stories"}
    assert {"borrow_fluent", "words_goal"} <= set(shown["arrows"]["gone"])
    assert set(shown["badges"]) == {"visits", "stories"}
    assert "Strand" in shown["choices"]
    assert shown["live"] == "5 of 10 boxes shown"
    assert {"homes", "borrow", "visits", "stories"} <= set(shown["boxes"]["inside"])


@play_each(
    {
        "mouse": [click("#filter > summary"), click("input[value=primary]"), SEE],
        "keyboard": [["focus", "#filter > summary"], press("Enter"), press("Tab", 5), press(" "), SEE],
    }
)
def test_a_tag_alone_is_shown_with_the_pillars_it_stands_in(told: Told, way: str) -> None:
    assert set(told[0]["boxes"]["bright"]) == {"goal", "words", "clubs", "mentors"}


@play_each(
    {
        "mouse": [
            click("#filter > summary"), click("input[value=homes]"), click("#stage"), at("homes"), press("c"),
            ["focus", "#search"], ["type", "library"], press("Enter"), click("#reset"), SEE,
        ],
        "keyboard": [
            ["focus", "#filter > summary"], press("Enter"), press("Tab"), press(" "), press("Escape"),
            at("words"), press("c"), press("/"), ["type", "club"], press("Enter"), ["focus", "#reset"], press("Enter"), SEE,
        ],
    }
)  # fmt: skip
def test_reset_shows_everything_again(told: Told, way: str) -> None:
    (shown,) = told
    assert set(shown["boxes"]["bright"]) == set(shown["boxes"]["inside"]) == set(BOXES)
    assert shown["panel"] is None
    assert shown["counts"] == []
    assert shown["count"] == ""
    assert shown["live"] == "Everything is shown again"


@play_each(
    {
        "mouse": [click("[aria-label^='Collapse Words']"), SEE, click("[aria-label^='Open Words']"), SEE],
        "its toggle": [["focus", "[aria-label^='Collapse Words']"], press("Enter"), SEE, press(" "), SEE],
        "a key": [at("words"), press("c"), SEE, press("c"), SEE],
        "the panel": [
            click("#toc-words"), click("text=Collapse this column"), press("Escape"), SEE,
            click("#toc-words"), click("text=Open this column"), press("Escape"), SEE,
        ],
    }
)  # fmt: skip
def test_a_collapsed_pillar_hides_its_column_and_counts_it(told: Told, way: str) -> None:
    folded, opened = told
    assert set(folded["boxes"]["gone"]) == {"fluent", "sessions", "clubs", "mentors"}
    assert set(folded["arrows"]["bright"]) == {"words_goal", "homes_goal", "visits_borrow", "stories_borrow"}
    assert folded["counts"] == ["1 outcome1 output2 projects1 KPI"]
    assert opened["boxes"]["gone"] == opened["counts"] == []


@play(at("clubs"), press("c"), SEE)
def test_collapsing_from_within_leaves_the_focus_on_the_pillar_and_says_the_counts(told: Told) -> None:
    assert told[0]["focus"] == "Strand: Words for all"
    assert told[0]["live"] == "Words for all collapsed: 1 outcome, 1 output, 2 projects, 1 KPI"


# Search


@play(press("/"), ["type", "books"], SEE, press("Enter"), SEE, press("Enter"), SEE, press("Shift+Enter"), SEE)
def test_enter_goes_from_one_found_box_to_the_next(told: Told) -> None:
    found, first, second, back = told
    assert found["live"] == found["count"] == "2 found"
    assert found["results"] == "Strand Books at home Outcome Families borrow books"
    assert set(found["boxes"]["bright"]) == {"homes", "borrow"}
    assert [shown["title"] for shown in (first, second, back)] == [
        "Books at home",
        "Families borrow books",
        "Books at home",
    ]
    assert second["live"] == "2 of 2: Families borrow books"
    assert second["count"] == "2 of 2"
    assert second["focus"].startswith("Search")
    assert "borrow" in second["boxes"]["inside"]


@play_each(
    {
        "mouse": [click("#search"), ["type", "read"], click("#results button >> nth=1"), SEE],
        "keyboard": [press("/"), ["type", "read"], press("ArrowDown"), press("Tab"), press("Enter"), SEE],
    }
)
def test_a_found_box_is_chosen_from_the_list(told: Told, way: str) -> None:
    assert told[0]["title"] == "Pupils read fluently"
    assert told[0]["focus"] == "panel-title"
    assert told[0]["results"] is None


@play_each(
    {
        "an accent": [press("/"), ["type", "fete"], press("Enter"), SEE],
        "a description": [press("/"), ["type", "juice"], press("Enter"), SEE],
        "a kpi": [press("/"), ["type", "AGE gain"], press("Enter"), SEE],
        "a tag": [press("/"), ["type", "after-school"], press("Enter"), SEE],
    }
)
def test_the_search_looks_through(told: Told, way: str) -> None:
    titles = {"an accent": "Fête of stories", "a kpi": "Pupils read fluently"}
    assert told[0]["title"] == titles.get(way, "Reading clubs")


@play(press("/"), ["type", "zebra"], SEE, press("Enter"), SEE, press("Escape"), SEE)
def test_finding_nothing_is_said_and_escape_clears_the_search(told: Told) -> None:
    nothing, entered, cleared = told
    assert nothing["live"] == "0 found"
    assert entered["live"] == "Nothing found"
    assert cleared["count"] == ""
    assert set(cleared["boxes"]["bright"]) == set(BOXES)


@play(at("words"), press("c"), press("/"), ["type", "clubs"], press("Enter"), SEE)
def test_what_is_hidden_is_found_and_shown(told: Told) -> None:
    assert told[0]["title"] == "Reading clubs"
    assert "clubs" in told[0]["boxes"]["inside"]


# The rest of the page


@play_each(
    {"mouse": [click("#help"), SEE, click("#keys-close"), SEE], "keyboard": [press("?"), SEE, press("Escape"), SEE]}
)
def test_the_keys_are_listed(told: Told, way: str) -> None:
    assert "from box to box, in reading order" in told[0]["keys"]
    assert told[1]["keys"] is None


@play_each(
    {
        "mouse": [click("#dark"), SEE, click("#dark"), SEE],
        "keyboard": [["focus", "#dark"], press("Enter"), SEE, press(" "), SEE],
    }
)
def test_light_and_dark_are_switched_in_the_page_and_in_the_picture(told: Told, way: str) -> None:
    dark, light = told
    assert (dark["paper"], dark["page"]) == ("rgb(18, 25, 30)", "rgb(13, 19, 23)")
    assert (light["paper"], light["page"]) == ("rgb(255, 255, 255)", "rgb(246, 248, 248)")


@play(SEE, scheme="dark")
def test_the_page_is_dark_where_the_computer_is_and_the_picture_as_it_was_asked_for(told: Told) -> None:
    assert (told[0]["paper"], told[0]["page"]) == ("rgb(255, 255, 255)", "rgb(13, 19, 23)")


@play(SEE, page="reading, dark")
def test_a_dark_picture_opens_dark(told: Told) -> None:
    assert told[0]["paper"] == "rgb(18, 25, 30)"


@play(click("#dark"), SEE, page="reading, print")
def test_a_theme_without_a_counterpart_keeps_its_colours(told: Told) -> None:
    assert (told[0]["paper"], told[0]["page"]) == ("rgb(255, 255, 255)", "rgb(13, 19, 23)")


@play(
    click("#about-clubs summary"), click("#about-clubs .jump"), ["ask", "document.activeElement.closest('details').id"]
)
def test_a_link_in_the_outline_goes_on_in_the_outline(told: Told) -> None:
    assert told == ["about-sessions"]


@play(["text", "#words"], ["text", "svg"], script=False)
def test_without_javascript_the_picture_and_all_its_facts_are_there(told: Told) -> None:
    words, picture = (" ".join(text.split()) for text in told)
    assert [text for text in ABOUT_CLUBS if text not in words] == []
    assert "The drawing shows a column for each strand" in words
    assert "Reading clubs" in picture


@play(click("#toc-clubs .title, #toc-clubs"), ["ask", "document.querySelector(':target')?.id"], script=False)
def test_without_javascript_a_box_leads_to_its_facts(told: Told) -> None:
    assert told == ["about-clubs"]


def printed(file: Path, pdftotext: str) -> list[str]:
    """The text of each sheet."""
    command = [pdftotext, "-layout", str(file), "-"]
    text = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    return text.removesuffix("\f").split("\f")


@play(click("#dark"), click("#larger"), ["paper", "file:page.pdf"], SEE)
def test_the_drawing_is_printed_on_one_sheet(told: Told, folder: Path, pdftotext: str) -> None:
    (sheet,) = printed(folder / "page.pdf", pdftotext)
    assert "Fête of stories" in sheet
    assert sheet.count("Reading together") == 1
    assert "Filter" not in sheet
    assert "In words" not in sheet


@play(click("#about-clubs > summary"), ["paper", "file:open.pdf"], SEE)
def test_what_is_unfolded_is_printed_after_the_drawing(told: Told, folder: Path, pdftotext: str) -> None:
    first, *others = printed(folder / "open.pdf", pdftotext)
    words = " ".join(" ".join(others).split())
    assert "Fête of stories" in first
    for text in ("In words", "Each child is heard reading", "What not to claim"):
        assert text in words
    assert "Head of English" not in words  # who keeps a KPI of another box, which is folded


WHERE = """["words", "stage"].map((id) => document.getElementById(id).getBoundingClientRect().top)"""


@play(SEE, ["ask", WHERE], ["tap", "#toc-clubs"], SEE, viewport={"width": 360, "height": 740}, touch=True)
def test_on_a_small_screen_the_list_comes_first_and_nothing_is_wider_than_it(told: Told) -> None:
    before, (words, stage), after = told
    assert before["wide"] == after["wide"] == 360
    assert words < stage
    assert before["zoom"] >= 1  # titles of 11 pixels
    assert after["title"] == "Reading clubs"
    assert "clubs" in after["boxes"]["inside"]


@play(click("#toc-homes"), SEE, page="reading, collapsed")
def test_what_the_drawing_leaves_out_is_counted_and_not_told(told: Told) -> None:
    assert told[0]["boxes"]["bright"] == ["goal", "homes"]
    assert "1 more, not in this drawing" in told[0]["panel"]


@play(
    ["axe"], click("#toc-clubs"), ["axe"], click("#dark"), ["axe"], click("#close"), click("#filter > summary"),
    click("input[value=homes]"), ["axe"], page="reading",
)  # fmt: skip
def test_axe_finds_nothing(told: Told) -> None:
    assert told == [[], [], [], []]


@play(
    ["axe"],
    press("/"),
    ["type", "read"],
    ["axe"],
    press("Escape"),
    press("?"),
    ["axe"],
    viewport={"width": 390, "height": 844},
)
def test_axe_finds_nothing_on_a_small_screen(told: Told) -> None:
    assert told == [[], [], []]


@play(["axe"], click("#toc-node1"), ["axe"], SEE, ["ask", "document.title"], page="nasty")
def test_nasty_texts_are_texts(told: Told) -> None:
    before, after, shown, title = told
    assert before == after == []
    assert title == '"><script>alert(1)</script>'
    assert shown["title"] == "</script><img src=x onerror=alert(1)>"
    assert shown["boxes"]["thick"] == ["node1"]
    assert "More: javascript:alert(1)" in shown["panel"]


@play(
    ["ask", "['كل', '每个', 'Élèves'].map((word) => document.querySelector('.outline').textContent.includes(word))"],
    [
        "ask",
        "getComputedStyle([...document.querySelectorAll('.name')].find((it) => it.textContent.includes('كل'))).direction",
    ],
    page="nasty",
)
def test_each_script_runs_its_own_way(told: Told) -> None:
    assert told == [[True, True, True], "rtl"]


@play(press("/"), ["type", "story sacks"], press("Enter"), SEE, click("#reset"), SEE, page="large")
def test_ninety_activities_are_explored_alike(told: Told) -> None:
    found, everything = told
    assert found["title"].startswith("Story sacks")
    assert len(found["boxes"]["faded"]) > 80
    assert len(everything["boxes"]["inside"]) == len(everything["boxes"]["bright"]) > 100


@play(
    ["ask", "[...document.querySelectorAll('[id]')].map((it) => it.id)"],
    ["frame", 1, "click", "#toc-clubs"], ["frame", 1, "see"],
    ["frame", 2, "click", "#toc-friendships"], ["frame", 2, "click", "#panel .jump"], ["frame", 2, "see"],
    ["frame", 1, "see"], ["ask", "[...document.querySelectorAll('iframe')].map((it) => it.title)"],
    page="notebook", viewport={"width": 1200, "height": 900},
)  # fmt: skip
def test_two_frames_and_two_drawings_in_a_notebook_do_not_meet(told: Told) -> None:
    ids, first, second, still, titles = told
    assert ids == []  # of the drawings, which are images, and of the tables
    assert first["title"] == still["title"] == "Reading clubs"
    assert second["title"] == "Company"
    assert titles == ["Reading together, to explore", "A warm space on Tuesdays, to explore"]
