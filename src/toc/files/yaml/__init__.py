"""YAML to plain values and back; the one place that knows libyaml."""
