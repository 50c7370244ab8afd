"""Post a theory of change, get its picture, its weak places or what changed; what is wrong with it is answered with 422."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import FastAPI, HTTPException, Request, Response  # pip install 'fastapi[standard]>=0.155'
from fastapi.responses import JSONResponse

import toc
from toc import TheoryOfChange

LIMITS = toc.Limits.service()


class BodyLimit:
    """Middleware that answers 413 to a body of too many bytes, whatever its header says of its length."""

    def __init__(self, app: Any, most: int) -> None:
        self.app, self.most = app, most

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass on what comes, and count it."""
        seen = 0

        async def counted() -> Any:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.most:
                raise HTTPException(413, f"a body takes at most {self.most} bytes")
            return message

        await self.app(scope, counted, send)


app = FastAPI(title="Theories of change, drawn, checked and compared")  # serve it: fastapi run fastapi_app.py
app.add_middleware(BodyLimit, most=LIMITS.bytes)


@app.exception_handler(toc.OptionError)
def not_offered(_: Request, error: toc.OptionError) -> JSONResponse:
    """A view or a theme that there is not: the request is wrong."""
    return JSONResponse({"detail": str(error)}, 400)


@app.exception_handler(toc.DrawingError)
def not_drawn(_: Request, error: toc.DrawingError) -> JSONResponse:
    """A drawing that takes more than the limits, or an engine that fails: nothing is wrong with the theory."""
    return JSONResponse({"detail": str(error)}, 503)


# Functions without `async`: the server runs them in threads, and goes on answering meanwhile.


@app.post("/theory")
def theory(theory: TheoryOfChange) -> TheoryOfChange:
    """The theory with nothing abbreviated."""
    return theory


@app.post("/svg", response_class=Response, responses={200: {"content": {"image/svg+xml": {}}}})
def svg(theory: TheoryOfChange, view: str = "pillars", theme: Literal["light", "dark", "print"] = "light") -> Response:
    """The theory as SVG."""
    return Response(theory.to_svg(view=view, theme=theme, limits=LIMITS), media_type="image/svg+xml")


@app.post("/findings")
def findings(theory: TheoryOfChange, profile: Literal["sketch", "plan", "funder"] = "plan") -> dict[str, Any]:
    """What a critical friend would say, judged from today."""
    return theory.check(profile=profile).to_dict()


@app.post("/compare")
def compare(old: TheoryOfChange, new: TheoryOfChange) -> dict[str, Any]:
    """What changed from the old theory to the new one."""
    return toc.compare(old, new).to_dict()
