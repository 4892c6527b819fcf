"""What came of learning, as it is handed out: action plans and policy changes on paper, all of a kind as a table."""
