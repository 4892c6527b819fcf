"""The background brief of a question round as it is handed out: plain values, words in an order, rows of a table."""
