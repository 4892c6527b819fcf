"""Monitoring of a practice, one module for each thing that somebody does."""
