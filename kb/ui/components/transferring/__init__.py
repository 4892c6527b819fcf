"""Parts of the pages of transfer: practices for places, and one test."""
