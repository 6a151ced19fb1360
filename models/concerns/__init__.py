"""Concerns: that there is one, when it was noticed, that the safeguarding lead was told, and where it is held."""
