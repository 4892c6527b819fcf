"""Practices beside practices: peers, profiles, the grid of impact and evidence, and two to six of them side by side.

Nothing here is ordered, averaged or grouped by who owns a practice, and peers come by nearness, never by score.
"""
