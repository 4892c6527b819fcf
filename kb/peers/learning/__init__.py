"""Mutual learning: what partners seek, offer, ask, meet about, learn, take over and change; each thing with its whole history."""
