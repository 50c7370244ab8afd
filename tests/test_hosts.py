"""Theories in the threads and processes of a program that hosts the library."""

from __future__ import annotations

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

import toc

EXAMPLES = ("small-charity", "rgs-newcastle")


def test_eight_threads_get_the_picture_that_one_gets() -> None:
    theories = [toc.loads(toc.example(name).dumps()) for name in EXAMPLES]  # nothing is worked out in them yet
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(toc.TheoryOfChange.to_svg, theories * 8))
    assert set(drawn) == {toc.example(name).to_svg() for name in EXAMPLES}


def test_threads_that_read_a_part_and_a_theory_for_the_first_time_agree() -> None:
    text = toc.example("rgs-newcastle").dumps("json")
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(toc.TheoryOfChange.model_validate_json, [text] * 16))
        kpis = list(pool.map(toc.Kpi.model_validate, [{"title": "K", "measures": "a"}] * 16))
    assert len(set(read)) == len(set(kpis)) == 1


@pytest.mark.parametrize("way", [way for way in ("fork", "spawn") if way in multiprocessing.get_all_start_methods()])
@pytest.mark.filterwarnings(
    "ignore:.*multi-threaded.*fork:DeprecationWarning"
)  # an earlier test may have left a thread
def test_other_processes_take_theories_and_give_the_same_pictures(way: str) -> None:
    theories = [toc.example(name) for name in EXAMPLES]
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(way)) as pool:
        assert list(pool.map(toc.TheoryOfChange.to_svg, theories)) == [theory.to_svg() for theory in theories]
        assert list(pool.map(toc.TheoryOfChange.evolve, theories)) == theories


def test_a_loop_goes_on_while_a_thread_draws() -> None:
    async def both() -> tuple[str, int]:
        drawing = asyncio.create_task(asyncio.to_thread(toc.example("rgs-newcastle").to_svg))
        turns = 0
        while not drawing.done():
            turns += 1
            await asyncio.sleep(0)
        return await drawing, turns

    svg, turns = asyncio.run(both())
    assert svg.startswith("<svg")
    assert turns > 1
