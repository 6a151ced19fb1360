"""Concerns: that there is one, that the lead was told, and where it is held. Seen by safeguarding leads alone."""
