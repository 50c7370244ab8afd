"""Bytes to theory and back: limits on text, YAML and JSON readers, places, the writer and the saver.

Nothing is imported here: who reads JSON waits for no YAML, and who reads for no writer.
"""
