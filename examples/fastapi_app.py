"""Post a theory of change, get its picture or its weak places; what is wrong with it is answered with 422."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Response  # pip install 'fastapi[standard]>=0.155', then: fastapi run fastapi_app.py

from toc import TheoryOfChange

app = FastAPI(title="Theories of change, drawn and checked")


@app.post("/svg", response_class=Response, responses={200: {"content": {"image/svg+xml": {}}}})
def svg(theory: TheoryOfChange) -> Response:
    """The theory as SVG."""
    return Response(theory.to_svg(), media_type="image/svg+xml")


@app.post("/findings")
def findings(theory: TheoryOfChange) -> dict[str, Any]:
    """What a critical friend would say, judged from today."""
    return theory.check().to_dict()
