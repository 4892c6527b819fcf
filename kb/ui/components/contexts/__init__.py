"""Parts of the page of contexts."""
