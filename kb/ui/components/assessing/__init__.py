"""Parts of the pages of assessments and members."""
