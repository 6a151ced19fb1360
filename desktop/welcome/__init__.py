"""Before a club is open: the first run, and the passphrase on every later one."""
