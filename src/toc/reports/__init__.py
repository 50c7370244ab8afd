"""What people hand in: the theory in the forms that funders and trustees ask for."""

from toc.reports.logframe import Logframe

__all__ = ["Logframe"]
