"""The page to explore: one HTML file with the drawing, all its facts, and nothing from anywhere else."""

from toc.explore.document import to_html

__all__ = ["to_html"]
