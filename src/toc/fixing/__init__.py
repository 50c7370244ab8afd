"""Mistakes in a file that can be fixed without asking: misspelt ids, and silences of nothing."""
