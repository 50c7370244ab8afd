"""YAML to a valid theory, and YAML to plain values with their places, against PyYAML's C loader."""

from __future__ import annotations

from functools import partial

import yaml

import toc
from data import yaml_text
from timing import report, sizes
from toc.files.yaml_reader import read_yaml

GOALS = {30: 0.6, 10_000: 0.3}

for size in sizes(30, 1_000, 10_000, 100_000):
    text = yaml_text(size)
    peer = ("yaml.CSafeLoader, values alone", partial(yaml.load, text, Loader=yaml.CSafeLoader))
    rounds = 1 if size > 10_000 else 5
    report(f"loads, YAML, {size:,} nodes", partial(toc.loads, text), peer, goal=GOALS.get(size), rounds=rounds)
    report(f"reading the values alone, {size:,} nodes", partial(read_yaml, text), peer, rounds=rounds)
