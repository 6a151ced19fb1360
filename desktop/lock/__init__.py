"""The lock: nothing of the club is to be seen while the person has gone, and everything is as it was afterwards."""
