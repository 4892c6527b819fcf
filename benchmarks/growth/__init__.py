"""What ``scale.py`` is made of: a made-up collection, its publishing, and what is asked of it."""
