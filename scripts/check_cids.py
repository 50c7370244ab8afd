"""Check the CIDS files of every example against the official shapes and ontology, which stand in a folder of yours.

    python -m pip install pyshacl
    python scripts/check_cids.py FOLDER

The folder holds `cidsContext.jsonld`, `cids.ttl` and one or more `*.shacl.ttl`, as Common Approach publishes them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import toc
from toc import examples

WHO = {"cids": {"base": "https://example.org/impact", "organization": {"id": "school", "legal_name": "The School Ltd"}}}


def main(folder: Path) -> int:
    """Print how each example conforms to each file of shapes; 1 if one does not."""
    import pyshacl
    from rdflib import Graph

    context = json.loads((folder / "cidsContext.jsonld").read_text(encoding="utf-8"))["@context"]
    ontology = Graph().parse(folder / "cids.ttl")
    bad = 0
    for name in examples.NAMES:
        whole = json.loads(toc.example(name).evolve(settings=WHO).export("cids").text)
        whole["@context"][0] = context  # nothing is fetched
        data = Graph().parse(data=json.dumps(whole), format="json-ld")
        for shapes in sorted(folder.glob("*.shacl.ttl")):
            conforms, _, text = pyshacl.validate(
                data, shacl_graph=Graph().parse(shapes), ont_graph=ontology, allow_infos=True, allow_warnings=True
            )
            print(f"{name}, {shapes.name}: {'conforms' if conforms else text}")
            bad |= not conforms
    return int(bad)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
