"""Mutual learning: what partners seek and offer, ask each other, learn, take over, and what became of their policies."""
