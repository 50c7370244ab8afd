"""The same theory gives the same bytes, with every Python and in every process: `nox -s tests` runs this on each there is."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

import toc
from diagram.product import LANGUAGES, TODAY, busiest, written
from toc.diagram import VIEWS
from toc.draw_options import Looks
from toc.drawings import as_bytes, as_text, subject_of

pytestmark = pytest.mark.filterwarnings("ignore:on ")  # that the type is small
AGREED = Path(__file__).parents[1] / "snapshots" / "digests.txt"
CHARITY, RGS, LARGE = (toc.example(name) for name in ("small-charity", "rgs-newcastle", "large-programme"))


def drawings() -> Iterator[tuple[str, toc.TheoryOfChange, Looks]]:
    """A sample: every view, places searched in full and taken at first, pages, findings, and every script."""
    for view, one in VIEWS.items():
        looks = Looks(view=view, node=busiest(CHARITY)) if "node" in one.needs else Looks(view=view)
        yield f"small-charity, {view}", CHARITY, looks
    yield "rgs-newcastle, slide", RGS, Looks(page="slide", findings=RGS.check(today=TODAY))
    yield "25 boxes, ar", written(25, "ar"), Looks(view="pillars")
    for language in LANGUAGES:
        yield f"130 boxes, {language}", written(130, language), Looks(view="pillars", page="a4", search="quick")


def in_parts(pptx: bytes) -> bytes:
    """The slides and their notes as they are in a file: how well it is packed depends on what Python was built with."""
    file = zipfile.ZipFile(io.BytesIO(pptx))
    return b"\n".join(file.read(name) for name in sorted(file.namelist()) if "lides/" in name and name.endswith(".xml"))


def digests() -> Iterator[str]:
    for name, theory, looks in drawings():
        subject = subject_of(theory, looks)
        made = {format: as_text(subject, format).encode() for format in ("svg", "dot")}
        made["pptx"] = in_parts(as_bytes(subject, "pptx"))
        yield from (f"{name}, {format}: {sha256(content).hexdigest()}" for format, content in made.items())
    deck = in_parts(LARGE.to_pptx(deck=True, search="quick"))
    yield f"large-programme, deck: {sha256(deck).hexdigest()}"
    changes = CHARITY.compare(CHARITY.without("tea-and-games")).to_svg()
    yield f"small-charity, what changed: {sha256(changes.encode()).hexdigest()}"


def test_every_python_draws_the_bytes_agreed_on() -> None:
    """After a change to how theories are drawn, look at what changed, then run with TOC_UPDATE_SNAPSHOTS=1 to agree."""
    found = list(digests())
    if os.environ.get("TOC_UPDATE_SNAPSHOTS"):
        AGREED.write_text("\n".join([*found, ""]), encoding="utf-8", newline="\n")
    assert found == AGREED.read_text(encoding="utf-8").splitlines()
