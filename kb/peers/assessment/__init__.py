"""Assessing a practice: rubrics, reviews with their evidence, and what a panel came to."""
