"""Consents: what parents have said, child by child, and keeping what they say next."""
