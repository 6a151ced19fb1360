"""The adults of the team."""
