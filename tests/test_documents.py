"""The directive of Sphinx and the fence of Markdown, in builds by these programs themselves."""

from __future__ import annotations

import re
import warnings
from html import unescape
from io import StringIO
from pathlib import Path

import markdown
import pytest
from lxml import etree
from pymdownx.superfences import SuperFencesException
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

import toc
from toc import mkdocs

SMALL = toc.example("small-charity")
PAGE = """# A page

```{theory} theories/small.yaml
:view: layers
:name: ours

How *our* space works.
```

See {ref}`ours`.
"""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A documentation of one page, with a theory beside it."""
    (tmp_path / "theories").mkdir()
    SMALL.save(tmp_path / "theories/small.yaml")
    (tmp_path / "conf.py").write_text('extensions = ["myst_parser", "toc.sphinx"]\n', encoding="utf-8")
    (tmp_path / "index.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def built(pages: Path, builder: str = "html", *, parallel: int = 1) -> str:
    """What Sphinx warned of."""
    said = StringIO()
    with docutils_namespace(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Sphinx's own
        app = Sphinx(
            pages, pages, pages / builder, pages / "trees", builder, status=None, warning=said, parallel=parallel
        )
        app.build()
    return re.sub("\x1b\\[[0-9;]*m", "", said.getvalue())


def image(page: str) -> tuple[str, str]:
    """The address and the alternative text of the image on a page."""
    (found,) = re.findall(r'<img src="([^"]+)" alt="([^"]+)" style', page)
    return found[0], unescape(found[1])


@pytest.mark.parametrize(
    ("builder", "name"), [("html", "index.html"), ("dirhtml", "index.html"), ("singlehtml", "index.html")]
)
def test_a_page_shows_the_drawing_and_tells_it_in_words(pages: Path, builder: str, name: str) -> None:
    assert built(pages, builder) == ""
    page = (pages / builder / name).read_text(encoding="utf-8")
    address, alt = image(page)
    drawing = (pages / builder / address).read_text(encoding="utf-8")
    assert drawing == SMALL.to_svg(view="layers")
    assert SMALL.describe("layers").startswith(alt)
    assert "<summary>The drawing in words</summary>" in page
    assert "Leads to “Visitors find help before a crisis”." in page
    assert re.search(r'href="#ours"[^>]*><span[^>]*>How our space works', page)


def test_a_page_in_a_folder_finds_its_picture(pages: Path) -> None:
    (pages / "deep/er").mkdir(parents=True)
    (pages / "deep/er/page.md").write_text("# Deep\n\n```{theory} /theories/small.yaml\n```\n", encoding="utf-8")
    built(pages)
    address, _ = image((pages / "html/deep/er/page.html").read_text(encoding="utf-8"))
    assert (pages / "html/deep/er" / address).is_file()


def test_a_page_may_hold_the_page_to_explore(pages: Path) -> None:
    (pages / "index.md").write_text("# A page\n\n```{theory} theories/small.yaml\n:explore:\n```\n", encoding="utf-8")
    assert built(pages) == ""
    page = (pages / "html/index.html").read_text(encoding="utf-8")
    (source,) = re.findall(
        r'<iframe title="A warm space on Tuesdays, to explore"[^>]* sandbox="[^"]+" src="([^"]+)"', page
    )
    assert (pages / "html" / source).read_text(encoding="utf-8") == SMALL.to_html()


def test_builders_without_pictures_tell_the_drawing(pages: Path) -> None:
    assert built(pages, "text") == ""
    page = (pages / "text/index.txt").read_text(encoding="utf-8")
    assert "* Output “Warm afternoons held”. Leads to “Regular visitors make a" in page


def test_latex_gets_a_pdf(pages: Path) -> None:
    assert built(pages, "latex") == ""
    (source,) = (pages / "latex").glob("*.tex")
    (name,) = re.findall(r"\\sphinxincludegraphics\[[^]]+\]\{([^}]+)\}", source.read_text(encoding="utf-8"))
    assert (pages / "latex" / name).read_bytes().startswith(b"%PDF")


def test_a_page_is_built_again_when_its_theory_changes(pages: Path) -> None:
    built(pages)
    SMALL.edit("advice-table", title="Help with bills").save(pages / "theories/small.yaml")
    built(pages)
    assert "Activity “Help with bills”" in (pages / "html/index.html").read_text(encoding="utf-8")


def test_pages_are_read_and_written_in_parallel(pages: Path) -> None:
    for number in range(12):
        (pages / f"p{number}.md").write_text(
            f":orphan:\n\n{PAGE}".replace(":name: ours\n", "").replace("See {ref}`ours`.", ""), encoding="utf-8"
        )
    assert "safe" not in built(pages, parallel=2)
    assert all(image((pages / f"html/p{number}.html").read_text(encoding="utf-8"))[0] for number in range(12))


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("theories/none.yaml", "none.yaml: there is no such file"),
        ("theories/small.yaml\n:view: layerz", "there is no view 'layerz'; the views are .* did you mean 'layers'?"),
        ("theories/bad.yaml", "bad.yaml:2:1: unknown key 'goall'"),
    ],
)
def test_what_is_wrong_is_told_where_the_theory_is_named(pages: Path, wish: str, told: str) -> None:
    (pages / "theories/bad.yaml").write_text("toc: 1\ngoall: A goal\ntitle: A title\n", encoding="utf-8")
    (pages / "index.md").write_text(f"# A page\n\n```{{theory}} {wish}\n```\n", encoding="utf-8")
    said = built(pages)
    assert re.search(rf"index\.md:3: ERROR: (?s:.*){told}", said), said
    assert "Traceback" not in said


# Markdown


def page_of(fence: str) -> str:
    options = {"custom_fences": [{"name": "theory", "class": "theory", "format": mkdocs.fence}]}
    page: str = markdown.markdown(
        f"```theory\n{fence}\n```\n",
        extensions=["pymdownx.superfences"],
        extension_configs={"pymdownx.superfences": options},
    )
    return page


def test_a_fence_shows_the_drawing_and_tells_it_in_words(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pages)
    page = page_of("theories/small.yaml\nview: layers\ncaption: Where <b> & co. meet")
    figure = etree.fromstring(page)
    address, alt = image(page)
    assert address.startswith("data:image/svg+xml;base64,")
    assert SMALL.describe("layers").startswith(alt)
    assert figure.findtext("figcaption") == "Where <b> & co. meet"
    assert figure.findtext("details/pre") == SMALL.describe("layers")


def test_a_fence_may_hold_the_page_to_explore(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pages)
    (source,) = re.findall(r'<iframe [^>]*srcdoc="([^"]*)"', page_of("theories/small.yaml\nexplore: yes"))
    assert unescape(source) == SMALL.to_html()


@pytest.mark.parametrize(
    ("fence", "told"),
    [
        ("none.yaml", "none.yaml: there is no such file"),
        ("theories/small.yaml\nvieww: layers", "there is no option 'vieww'; .* did you mean 'view'"),
        ("theories/small.yaml\nlayers", "'layers' is no wish: write it as `view: layers`"),
        ("theories/small.yaml\nexplore: maybe", "there is no explore 'maybe'"),
        ("", "there is no such file|a folder"),
    ],
)
def test_a_fence_that_cannot_be_shown_stops_the_build(
    pages: Path, monkeypatch: pytest.MonkeyPatch, fence: str, told: str
) -> None:
    monkeypatch.chdir(pages)
    with pytest.raises(SuperFencesException, match=told):
        page_of(fence)
