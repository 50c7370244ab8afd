"""The views: each a pure function from a theory and what is asked of it to a diagram."""
