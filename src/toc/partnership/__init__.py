"""Partners and their partnership: the frames by which they judge their work, and the words that describe its footing.

The tables stand in data files beside this one; each entry says whether it is a source's or ours, and its place there.
The answers are imported when they are asked for: a drawing does without them.
"""

from pkgutil import resolve_name
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toc.partnership.footing import ProfileFact
    from toc.partnership.frame_file import load_frame
    from toc.partnership.mutuality import Complement, Mutuality, Together
    from toc.partnership.profile import PartnershipProfile, ProfileDimension, TypeMismatch
    from toc.partnership.reciprocity import ActivityMutuality
    from toc.partnership.shelf import frame, frames
    from toc.partnership.statements import Frame, Frames, Source, Statement

__all__ = [
    "ActivityMutuality",
    "Complement",
    "Frame",
    "Frames",
    "Mutuality",
    "PartnershipProfile",
    "ProfileDimension",
    "ProfileFact",
    "Source",
    "Statement",
    "Together",
    "TypeMismatch",
    "frame",
    "frames",
    "load_frame",
]

_HOMES = {
    "footing": ("ProfileFact",),
    "frame_file": ("load_frame",),
    "mutuality": ("Complement", "Mutuality", "Together"),
    "profile": ("PartnershipProfile", "ProfileDimension", "TypeMismatch"),
    "reciprocity": ("ActivityMutuality",),
    "shelf": ("frame", "frames"),
    "statements": ("Frame", "Frames", "Source", "Statement"),
}

if not TYPE_CHECKING:  # a type checker shall see a misspelt name

    def __getattr__(name: str) -> object:
        """What a partnership's answers need, imported on first use."""
        for module, names in _HOMES.items():
            if name in names:
                return globals().setdefault(name, resolve_name(f"{__name__}.{module}:{name}"))
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
