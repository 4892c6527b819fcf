"""Assess practices: panels, blind reviews with their evidence, the owner's reply, consensus, outcome.

An assessment is a list of events. Every reader is given the fold of those events that the reader may see, and nothing else
(:mod:`kb.peers.assessment.blinding`). All events are read only to decide whether a move may be made.
"""
