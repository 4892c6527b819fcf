"""Tests of transferability: opened, judged blind with evidence of both sides, concluded, and compared with how it went."""
