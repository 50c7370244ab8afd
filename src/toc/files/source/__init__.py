"""Where values stand in the text they were read from."""
