"""A practice beside its peers: which practices can be compared with it, and how its scores stand among theirs."""
