"""Parts of the pages of mutual learning."""
