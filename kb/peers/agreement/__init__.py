"""How far reviewers agree: coefficients over practices that several of them scored, each with an interval or why there is none."""
