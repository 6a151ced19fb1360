"""The tables of a club on a server, made in a database that is otherwise empty."""

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect

from models.kernel.errors import BadInput, NoServer
from models.migrations.upgrade import HEAD
from models.schema import METADATA

VERSION_TABLE = "alembic_version"


def lay(connection: Connection) -> None:
    """Creates every table at the newest version. Raises BadInput where anything is there, NoServer where it cannot."""
    if inspect(connection).get_table_names():
        raise BadInput(
            "This database is not empty: a club has one to itself.", "Ask for a new, empty database on the server."
        )
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise NoServer(f"This database is in {encoding}: it could not hold everybody’s name.", "Ask for one in UTF8.")
    METADATA.create_all(connection)
    version = Table(VERSION_TABLE, MetaData(), Column("version_num", String(32), primary_key=True))
    version.create(connection)
    connection.execute(version.insert().values(version_num=HEAD))
