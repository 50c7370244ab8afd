"""The bibliography names each source as the data do: what it supports, and its licence as the document states it."""

from __future__ import annotations

from pathlib import Path

import pytest

from toc.partnership.shelf import sources

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "bibliography.md").read_text(encoding="utf-8")
OTHERS = [id for id in sources() if id != "toc"]


@pytest.mark.parametrize("id", OTHERS)
def test_the_page_says_what_a_source_supports_and_its_licence_as_the_data_do(id: str) -> None:
    source = sources()[id]
    document = f"[{source.reference}]({source.url})" if source.url else source.reference
    assert f"\n| **{source.cite}** | {document} | {source.supports} | {source.licence} |\n" in PAGE


def test_the_page_names_no_source_that_the_data_do_not() -> None:
    assert PAGE.count("\n| **") == len(OTHERS)
