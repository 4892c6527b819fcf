"""One function for each thing a user can do. Each takes the knowledge base and the acting member, checks permission, and
returns a result; none knows a screen or an outside library."""
