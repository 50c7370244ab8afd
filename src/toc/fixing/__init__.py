"""Mistakes in a file that can be mended without asking: misspelt ids, and silences of nothing."""
