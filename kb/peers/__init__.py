"""The peer wing: practices, concepts and tags, as plain values and rules. No file, no index, no library but pydantic."""
