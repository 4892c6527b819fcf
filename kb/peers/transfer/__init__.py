"""Whether a practice could work elsewhere: what is asked, what assessors judge, and what comes of it."""
