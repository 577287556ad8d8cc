"""A real server, killed in the middle of saving: what it called saved is there, once."""
