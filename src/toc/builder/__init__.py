"""A theory written as code that reads like the diagram: `with toc.sketch("…") as t`."""

from toc.builder.handles import Handle, Step, Steps
from toc.builder.sketches import Sketch, sketch

__all__ = ["Handle", "Sketch", "Step", "Steps", "sketch"]
