"""Type: how wide a text is drawn, where it may break, and what stands in a box."""
