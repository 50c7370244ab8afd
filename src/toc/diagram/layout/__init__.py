"""Where everything stands: rows and lanes, order, ways for the arrows, and points at the end."""
