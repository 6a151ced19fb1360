"""Today: whether the next day can run, and what to do this week."""
