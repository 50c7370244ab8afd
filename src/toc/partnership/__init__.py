"""Partners and their partnership: the frames by which they judge their work, and the words that describe its footing.

The tables stand in data files beside this one; each entry says whether it is a source's or ours, and its place there.
"""

from toc.partnership.footing import ProfileFact
from toc.partnership.frame_file import load_frame
from toc.partnership.mutuality import Complement, Mutuality, Together, mutuality
from toc.partnership.profile import PartnershipProfile, ProfileDimension, TypeMismatch, partnership_profile
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
    "mutuality",
    "partnership_profile",
]
