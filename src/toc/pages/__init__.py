"""A page before any format, its writers, and the answers that are shown by them."""
