"""New values into an existing text, changing no line that need not change."""
