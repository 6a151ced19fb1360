"""What version 0003 brought: adults who left, and how long they are kept."""
