"""JSON to plain values: fast for the text that is right, exact for the text that is not."""
