"""What people see and touch. Nothing here imports SQLAlchemy or a record class."""
