"""Who may do what: the permission each verb needs, and the club itself."""
