"""People who can sign in, one's own password and PIN, and the recovery key."""
