"""Post a theory of change, get its picture: `fastapi run fastapi_app.py` (needs `pip install fastapi[standard]`).

A theory that says something wrong is answered with 422; each problem has its place in the JSON and its code.
"""

from __future__ import annotations

from fastapi import FastAPI, Response

from toc import TheoryOfChange

app = FastAPI(title="Theories of change, drawn")


@app.post("/svg", response_class=Response, responses={200: {"content": {"image/svg+xml": {}}}})
def svg(theory: TheoryOfChange) -> Response:
    """The theory as SVG."""
    return Response(theory.to_svg(), media_type="image/svg+xml")
