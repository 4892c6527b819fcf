"""Contexts: what is known about a country or region that decides whether a practice would work there, and how far two are apart."""
