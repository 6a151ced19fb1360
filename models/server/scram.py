"""What the server keeps of a password."""

import psycopg


def scram(driver: object, login: str, password: str) -> str:
    """What the server keeps of a password: it never sees the password itself."""
    assert isinstance(driver, psycopg.Connection)
    return driver.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()
