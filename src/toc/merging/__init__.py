"""Two versions of a theory that come from one: what only one of them changed is taken, what both did is left to people."""
