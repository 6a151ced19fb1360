"""Children and their families."""
