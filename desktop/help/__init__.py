"""Help on the screen in front of you."""
