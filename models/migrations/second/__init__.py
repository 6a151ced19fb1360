"""What version 0002 brought: people who sign in, concerns, what is held of a child and how long."""
