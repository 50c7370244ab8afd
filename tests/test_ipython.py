"""What somebody sees in IPython, as it is when nothing has been set: in the notebook, after Tab, and after a mistake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytest.importorskip("IPython")

# A shell as a notebook has it, in a program of its own, because there is only one for each. Each line that it is given
# says what is to be done and with which text; each that it writes is the answer.
SHELL = r"""
import json, sys, warnings
warnings.simplefilter("ignore")
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
ip = InteractiveShell.instance(colors="nocolor", cache_size=0)
ip.display_formatter.active_types = ip.display_formatter.format_types

def run(code):
    with capture_output() as seen:
        ip.run_cell(code, store_history=False)
    return seen.stdout.splitlines()

def show(code):
    bundle, metadata = ip.display_formatter.format(ip.ev(code))
    return [sorted(bundle), metadata]

def tab(text):
    with provisionalcompleter():
        return sorted(found.text for found in ip.Completer.completions(text, len(text)))

def signature(text):
    return ip.inspector.info(ip.ev(text))["definition"]

run("import toc; theory = toc.example('rgs-newcastle')")
for line in sys.stdin:
    what, text = json.loads(line)
    print(json.dumps(globals()[what](text)), flush=True)
"""
Seen = Callable[[str, str], Any]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """What IPython answers, started once."""
    command, folder = [sys.executable, "-c", SHELL], tmp_path_factory.mktemp("ipython")
    environment = {**os.environ, "IPYTHONDIR": str(folder)}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as shell:
        assert shell.stdin is not None
        assert shell.stdout is not None
        tell, listen = shell.stdin, shell.stdout

        def answer(what: str, text: str) -> Any:
            tell.write(json.dumps([what, text]) + "\n")
            tell.flush()
            return json.loads(listen.readline())

        yield answer
        tell.close()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ('theory.pillars["', ["capital", "cpd", "literacy", "stem"]),
        ('theory.nodes["ste', ["stem", "stem-choice", "stem-entries"]),
        ("theory.kpis['grad", ["graduating-trainees"]),
    ],
)
def test_tab_completes_the_ids_of_a_theory(typed: str, offered: list[str], seen: Seen) -> None:
    assert seen("tab", typed) == offered


WRONG = {
    'theory.draw("x.docx")': "OptionError: 'docx' is not a format to draw in",
    'theory.to_pandas("kpi")': "OptionError: there is no table 'kpi'",
    'theory.draw("x.svg", veiw="layers")': "OptionError: there is no option 'veiw'",
    'theory.explain("literacey")': "unknown id 'literacey': did you mean 'literacy'? [TOC030]",
    'theory.edit("sport", certaintee="low")': "activities.sport.certaintee: unknown key 'certaintee'",
    'theory.without("literacey")': "unknown id 'literacey'",
    "theory.explore(height=20)": "OptionError: the height in pixels",
    'toc.Kpi(title="Score", measures="readers", target="14")': "target: expected a number",
    'toc.loads("toc: 1\\ntitle: T")': "[TOC035]",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_mistake_is_shown_by_its_own_line_and_what_is_wrong_with_it(line: str, seen: Seen) -> None:
    asked, *told = seen("run", f"# a cell of two lines\n{line}")
    assert asked == f"line 2: {line}"
    assert WRONG[line] in told[-1]
    assert told[:-1] == ([] if WRONG[line].startswith("OptionError") else ["TheoryError: 1 problem"])


def test_the_signature_of_draw_names_each_of_its_options(seen: Seen) -> None:
    drawn = seen("signature", "theory.draw")
    assert "looks" not in drawn
    for option in ("view", "theme", "pillar", "findings", "dpi"):
        assert f" {option}:" in drawn


def test_a_theory_and_a_page_to_explore_are_pictures_on_the_screen_and_on_paper(seen: Seen) -> None:
    for shown in ("theory", "theory.explore()"):
        assert seen("show", shown) == [["image/png", "text/html", "text/plain"], {}]


def test_a_chart_is_a_picture_where_nobody_else_shows_it(seen: Seen) -> None:
    pytest.importorskip("matplotlib")
    kinds, metadata = seen("show", "theory.plot_certainty_participation()")
    assert kinds == ["image/png", "text/plain"]
    assert metadata["image/png"]["alt"].startswith("RGS Newcastle school partnerships. ")
    given = "theory.plot_certainty_participation(__import__('matplotlib.figure').figure.Figure().subplots())"
    assert seen("show", given) == [["text/plain"], {}]
