"""A theory in the forms that funders and other tools read, and back, with a list of all that is lost on the way."""

from toc.standards.exchange import Export, Import, Loss, Losses
from toc.standards.registry import Standard, export, imported, standard

__all__ = ["Export", "Import", "Loss", "Losses", "Standard", "export", "imported", "standard"]
