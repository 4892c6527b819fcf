"""Transfer cases as files: what a PDF, a Word file and a table say of them."""
