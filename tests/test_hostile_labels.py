"""What a stranger writes comes out as text in every format: nothing runs, nothing is fetched, nothing leads astray.

Each drawing is read by the parser of its own format. It is compared with a drawing of the same theory with harmless
texts: a text that became an element, an attribute, a relationship or an attachment is something the other one lacks.
"""

from __future__ import annotations

import io
import re
import struct
import subprocess
import warnings
import zipfile
import zlib
from base64 import a85decode
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any, Final, NamedTuple
from unicodedata import category
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

import toc
from dot_reader import parsed
from toc.render import FORMATS, Picture

SITE = "example.org"
GOOD_URL = f'https://{SITE}/?a=1&b="2"><script>'
HOSTILE = (
    '"><script>alert(1)</script>',
    f'=HYPERLINK("http://{SITE}","y")',
    "javascript:alert(1)",
    'x" fontname="y',
    "<img src=x onerror=alert(1)>",
    "]]>",
    "%0A",
    r"\N \G \l \E",
    "{{7*7}} ${7*7} {% x %}",
    "one\u2028two\u2029three",
    "\u202egnp.exe\u202c \u2066isolated\u2069",
    "' onload='alert(1)",
    'a]; click b href "javascript:alert(1)"; c[',
    "@import url(//example.org/x.css);",
    "&lt;script&gt; &#60; &amp;",
    "</style></desc></svg><svg onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "<!-- x --> <![CDATA[ x ]]> <?x?>",
    "+cmd|' /C calc'!A0",
)
BAD_URLS = (
    *HOSTILE,
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    f"//{SITE}/x",
    f"\\\\{SITE}\\share",
)
HARMLESS = tuple(f"Plain text {number}" for number in range(len(HOSTILE)))


class Read(NamedTuple):
    """What the parser of a format found: all text, what there is beside text, and where links lead."""

    said: str
    parts: set[str]
    links: list[str]


def theory_of_texts(texts: tuple[str, ...], urls: tuple[str, ...]) -> toc.TheoryOfChange:
    """A theory in which every text that a drawing can show is one of some texts."""

    def some(number: int) -> str:
        return texts[number % len(texts)]

    activities = {
        f"x{number}": {
            "title": some(number),
            "description": some(number + 1),
            "url": url,
            "tags": [some(number + 2)],
            "target_group": ["group"],
            "funding": [some(number)],
            "lead": [some(number + 3)],
            "certainty": "high",
            "participation": 100,
            "leads_to": {"o": {"because": some(number), "assumptions": [some(number + 1)], "confidence": "high"}},
        }
        for number, url in enumerate(urls)
    }
    kpis = {
        f"k{number}": {"title": f"Counted {text}", "measures": ["o", "goal"], "unit": some(number + 1), "target": 3}
        for number, text in enumerate(texts)
    }
    data = {
        "toc": 1,
        "title": texts[0],
        "description": " ".join(texts),
        "owner": texts[1],
        "context": {"problem": texts[4], "target_groups": {"group": texts[3]}, "external_factors": list(texts)},
        "goals": {"goal": {"title": texts[3], "url": GOOD_URL, "above_ceiling": True}},
        "pillars": {"p": {"title": texts[5], "leads_to": "goal"}, "q": texts[9]},
        "outcomes": {"o": {"title": texts[7], "leads_to": {"p": {"because": texts[0]}, "q": None}}},
        "activities": activities,
        "kpis": kpis,
        "settings": {"vocabulary": {"activity": texts[4], "outcome": texts[0], "kpi": texts[7]}},
    }
    return toc.TheoryOfChange.model_validate(data)


@pytest.fixture(scope="module")
def hostile() -> toc.TheoryOfChange:
    return theory_of_texts(HOSTILE, BAD_URLS)


@pytest.fixture(scope="module")
def harmless() -> toc.TheoryOfChange:
    return theory_of_texts(HARMLESS, tuple("plain" for _ in BAD_URLS))


def drawn(theory: toc.TheoryOfChange, format: Picture) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # PNG and PDF name the characters that they cannot show
        theory.draw(file, format=format)
    return file.getvalue()


def bare(text: str) -> str:
    """A text without what wrapping puts in or leaves out: spaces, line ends, hyphens, and what cannot be seen."""
    return "".join(char for char in text if char not in "-•" and category(char) not in {"Zs", "Zl", "Zp", "Cc", "Cf"})


def read_svg(content: bytes) -> Read:
    root = ET.fromstring(content)  # noqa: S314  # our own drawing
    links = [value for it in root.iter() for name, value in it.attrib.items() if name.endswith("href")]
    return Read("".join(it.text or "" for it in root.iter()), set(_xml_parts(root)), links)


def read_dot(content: bytes) -> Read:
    graph = parsed(content.decode())
    things = [graph, *graph["objects"], *graph["edges"]]
    # Its JSON says every backslash twice.
    texts = [
        one["text"].replace("\\\\", "\\") for thing in things for one in thing.get("_ldraw_", ()) if one["op"] == "T"
    ]
    tooltips = [unescape(thing.get("tooltip", "")) for thing in things]
    links = [unescape(value) for thing in things for name, value in thing.items() if name.lower() in {"url", "href"}]
    parts = {f"attribute {name}" for thing in things for name in thing}
    parts |= {f"fontname {thing['fontname']}" for thing in things if "fontname" in thing}
    return Read("".join([*texts, *tooltips]), parts, links)


def read_png(content: bytes) -> Read:
    said, parts, at = "", set(), 8
    while at < len(content):
        (length,), kind = struct.unpack(">I", content[at : at + 4]), content[at + 4 : at + 8]
        parts.add(kind.decode())
        if kind == b"iTXt":
            keyword, _, rest = content[at + 8 : at + 8 + length].partition(b"\0")
            parts.add(keyword.decode())
            said += zlib.decompress(rest[4:]).decode()
        at += 12 + length
    return Read(said, parts, [])


def read_pptx(content: bytes) -> Read:
    from pptx import Presentation

    slide = Presentation(io.BytesIO(content)).slides[0]
    said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    said += [str(it.get("descr", "")) for it in slide.shapes._spTree.iter()]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {f"file {name}" for name in packed.namelist()}
        texts = [packed.read(name) for name in packed.namelist() if name.endswith((".xml", ".rels"))]
    roots = [ET.fromstring(text) for text in texts]  # noqa: S314  # our own drawing
    links = [it.attrib["Target"] for root in roots for it in root.iter() if it.get("TargetMode") == "External"]
    parts |= {part for root in roots for part in _xml_parts(root)}
    return Read("".join(said), parts, links)


def read_drawio(content: bytes) -> Read:
    root = ET.fromstring(content)  # noqa: S314  # our own drawing
    labels = read_html("".join(it.attrib.get("label", "") for it in root.iter()).encode())
    said = labels.said + "".join(it.attrib.get("tooltip", "") for it in root.iter())
    links = [it.attrib["link"] for it in root.iter() if it.attrib.get("link")]
    return Read(said, set(_xml_parts(root)) | labels.parts, links + labels.links)


def read_graphml(content: bytes) -> Read:
    """GraphML knows no links: an address in it is a text like any other."""
    import networkx as nx

    graph = nx.read_graphml(io.BytesIO(content))
    things: list[dict[str, Any]] = [data for _, data in graph.nodes(data=True)]
    things += [data for *_, data in graph.edges(data=True)]
    said = "".join(str(value) for thing in things for value in thing.values())
    return Read(said, set(_xml_parts(ET.fromstring(content))), [])  # noqa: S314


def read_mermaid(content: bytes) -> Read:
    """By its rules: a text stands between double quotes, and a sign in it as # with its number and ;."""
    text = content.decode()
    strings = re.findall(r'"([^"\n]*)"', text)
    links = re.findall(r'^click \S+ href "([^"]*)"', text, flags=re.MULTILINE)
    outside = re.sub(r'"[^"\n]*"', '""', re.sub(r"^(accTitle|accDescr): .*$", r"\1", text, flags=re.MULTILINE))
    parts = set(re.findall(r"[^\w\s]+|^\w+", re.sub(r"\b[\w]+\b(?=:::)|n_\w+", "", outside), flags=re.MULTILINE))
    said = "".join(string for string in strings if string not in links)
    return Read(re.sub(r"#(\d+);", lambda code: chr(int(code[1])), said), parts, links)


def read_html(content: bytes) -> Read:
    page = _Page()
    page.feed(content.decode())
    page.close()
    return Read("".join(page.said), page.parts, page.links)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.parts: set[str] = set()
        self.links: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        self.parts |= {f"<{tag} {name}>" for name, _ in [("", None), *attrs]}
        self.links += [value for name, value in attrs if name.endswith(("href", "src", "action")) and value]

    def handle_data(self, data: str) -> None:
        if self._inside not in {"script", "style"}:
            self.said.append(data)

    def handle_decl(self, decl: str) -> None:
        self.parts.add(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.parts.add(f"<?{data}>")

    def handle_comment(self, data: str) -> None:
        self.parts.add(f"<!--{data}-->")


def _xml_parts(root: ET.Element) -> Iterator[str]:
    """Every element with each of its attributes."""
    for it in root.iter():
        yield from (f"{it.tag} {name}" for name in ("", *it.attrib))


READERS: Final[dict[str, Callable[[bytes], Read]]] = {
    "svg": read_svg,
    "png": read_png,
    "dot": read_dot,
    "pptx": read_pptx,
    "drawio": read_drawio,
    "mmd": read_mermaid,
    "graphml": read_graphml,
    "html": read_html,
}


def test_every_format_is_read_here() -> None:
    assert {*READERS, "pdf"} == {format.name for format in FORMATS}


@pytest.mark.parametrize("format", READERS)
def test_hostile_texts_come_out_as_the_text_they_are(hostile: toc.TheoryOfChange, format: Picture) -> None:
    said = bare(READERS[format](drawn(hostile, format)).said)
    assert missing(HOSTILE, said) == []
    assert missing((f"Counted {text}" for text in HOSTILE), said) == []


@pytest.mark.parametrize("format", READERS)
def test_hostile_texts_add_nothing_that_is_not_text(
    hostile: toc.TheoryOfChange, harmless: toc.TheoryOfChange, format: Picture
) -> None:
    found, plain = (READERS[format](drawn(theory, format)) for theory in (hostile, harmless))
    assert found.parts - plain.parts == set()
    assert not {part for part in found.parts if re.search(r"[ :]on\w+>?$|srcdoc|foreignObject|iframe|oleObj|vba", part)}


@pytest.mark.parametrize("format", READERS)
def test_only_web_addresses_are_followed(
    hostile: toc.TheoryOfChange, harmless: toc.TheoryOfChange, format: Picture
) -> None:
    found, plain = (READERS[format](drawn(theory, format)).links for theory in (hostile, harmless))
    assert bool(plain) == (format not in {"png", "graphml"})
    # The page has links of its own, to the sources of its advice; hostile texts add none.
    assert {link for link in found if not link.startswith("#")} <= {*plain, GOOD_URL}


def test_a_pdf_says_hostile_texts_and_does_nothing(hostile: toc.TheoryOfChange, pdftotext: str) -> None:
    content = drawn(hostile, "pdf")
    command = [pdftotext, "-raw", "-enc", "UTF-8", "-", "-"]
    said = subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()
    assert missing(HOSTILE, bare(said.replace("\x0c", ""))) == []
    everything = content + b"".join(_unpacked(content))
    assert not re.findall(rb"/(?:JavaScript|JS|Launch|OpenAction|AA|EmbeddedFile|GoToR|SubmitForm)\b", everything)
    links = re.findall(rb"/URI \((.*?)(?<!\\)\)", everything)
    assert {urlsplit(link.decode())[:2] for link in links} <= {("https", SITE)}


def _unpacked(pdf: bytes) -> Iterator[bytes]:
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\n?endstream", pdf, re.DOTALL):
        packed = a85decode(stream.strip().removesuffix(b"~>")) if stream.rstrip().endswith(b"~>") else stream
        try:
            yield zlib.decompress(packed)
        except zlib.error:
            yield packed


def missing(texts: Iterable[str], said: str) -> list[str]:
    return [text for text in texts if bare(text) not in said]
