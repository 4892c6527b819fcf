"""Parts of the page of monitoring."""
