"""Monitoring: indicators of a practice, readings of them over time, and which are missing."""
