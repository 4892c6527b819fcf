"""A test of transferability as it is handed out: plain values, words in an order, rows of a table."""
