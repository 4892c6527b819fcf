"""Several practices, places or steps at a glance, as files: the grid, a comparison, a ladder, what could work in a place."""
