"""Transport: the minibuses, and who drives, sits and helps on each journey of a trip."""
