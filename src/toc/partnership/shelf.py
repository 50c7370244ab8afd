"""The frames that there are: those in the data files beside this module, then those that other distributions add."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from toc.errors import one_of
from toc.model.frame_words import STATEMENTS
from toc.model.mappings import FrozenDict
from toc.pages.answer import Rows
from toc.partnership.statements import Frame, Frames, Source, Statement
from toc.plug_ins import leave_out, plugged_in

GROUP: Final = "toc.frames"


def data(file: str) -> dict[str, Any]:
    """What stands in a data file of this room, by its name without the ending."""
    import tomllib  # which a drawing of a theory without partners does without

    place = files("toc.partnership").joinpath(*f"{file}.toml".split("/"))
    return tomllib.loads(place.read_text(encoding="utf-8"))


@cache
def sources() -> Mapping[str, Source]:
    """The documents that frames and tables rest on, by their ids.

    >>> sources()["SPA"].licence
    '“© Published by S.P.A. 2023” (last page); no licence to reuse it is stated'
    """
    return FrozenDict({id: Source(id, **said) for id, said in data("sources").items()})


def _built_in(id: str) -> Frame:
    said = data(f"frame_data/{id}")
    return Frame(
        id,
        said["title"],
        tuple(sources()[name] for name in said["sources"]),
        tuple(said["scale"]),
        statements_of({name: Statement(name, **_frozen(one)) for name, one in said["statements"].items()}),
        FrozenDict(said.get("themes", {})),
        said["about"],
        said["ours"],
        tuple(said.get("nouns", ("statement", "statements"))),
    )


def statements_of(found: Mapping[str, Statement]) -> Rows[Statement]:
    """Statements that are found by their ids too."""
    return Rows(found.values(), found)


def _frozen(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}


@cache
def frames() -> Frames:
    """Every frame to judge a partnership by: those of the library, then those of plug-ins (group `toc.frames`).

    What is no `Frame`, or has an id that is taken, is left out with a `TocWarning`.

    >>> import toc
    >>> toc.frames()["seced-pillars"].title
    'Four pillars of partnership'
    """
    found = {id: _built_in(id) for id in STATEMENTS}
    for plug_in in plugged_in(GROUP):
        one = plug_in.value
        if not isinstance(one, Frame):
            leave_out(plug_in, "it is no toc.Frame: toc.load_frame reads one from a file")
        elif one.id in found:
            leave_out(plug_in, f"there is a frame {one.id!r} already")
        else:
            found[one.id] = one
    return Frames(found.values())


def frame(name: str) -> Frame:
    """One frame by its id.

    Raises:
        OptionError: there is none; the message names them all, and the nearest.

    >>> import toc
    >>> toc.frame("practises")
    Traceback (most recent call last):
    toc.errors.OptionError: there is no frame 'practises'; the frames are practices, ...: did you mean 'practices'?
    """
    found = frames()
    return found[one_of("frame", name, [one.id for one in found])]
