"""One outside library a file; each answers one port and turns that library's errors into ours."""
