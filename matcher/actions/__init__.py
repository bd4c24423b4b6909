"""What a user can do, a function each; the shell and the web translate into these."""
