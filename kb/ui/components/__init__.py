"""Parts that several pages share. Each shows one thing, escapes what documents say, and calls no service but those in ``state``."""
