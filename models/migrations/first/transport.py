"""The tables of transport as they were in version 0001."""

from models.migrations.build import check, choice, plain, points, table, text, unique


def vehicle() -> None:
    """Creates the table vehicle."""
    table(
        "vehicle",
        text("registration", 12),
        text("name", 80),
        text("owner", 120),
        plain("seats", "integer"),
        plain("front_seats", "integer"),
        plain("wheelchair_places", "integer"),
        plain("seats_lost_per_wheelchair", "integer"),
        plain("max_weight_kg", "integer", nullable=True),
        text("fuel", 40),
        plain("mot_expires", "date", nullable=True),
        plain("insurance_expires", "date", nullable=True),
        plain("permit_expires", "date", nullable=True),
        plain("boosters", "integer"),
        text("off_road", 200),
        text("notes", 4000),
        plain("version", "integer"),
        plain("id", "uuid"),
        unique("registration"),
        check("seats", "seats BETWEEN 1 AND 80"),
        check("wheelchair_places", "wheelchair_places BETWEEN 0 AND 10"),
    )


def leg() -> None:
    """Creates the table leg."""
    table(
        "leg",
        points("activity_id", "activity.id"),
        points("vehicle_id", "vehicle.id"),
        choice("direction", "direction", ["out", "back"]),
        points("driver_id", "adult.id", nullable=True),
        plain("departs", "time"),
        plain("arrives", "time"),
        text("from_place", 120),
        text("to_place", 120),
        plain("version", "integer"),
        plain("id", "uuid"),
        unique("activity_id", "vehicle_id", "direction"),
        indexes=["activity_id", "driver_id", "vehicle_id"],
    )


def seat() -> None:
    """Creates the table seat."""
    table(
        "seat",
        points("leg_id", "leg.id"),
        points("child_id", "child.id", nullable=True),
        points("adult_id", "adult.id", nullable=True),
        plain("booster", "boolean"),
        plain("in_wheelchair", "boolean"),
        plain("version", "integer"),
        plain("id", "uuid"),
        unique("leg_id", "child_id"),
        unique("leg_id", "adult_id"),
        check("one_person", "(child_id IS NULL) != (adult_id IS NULL)"),
        indexes=["adult_id", "child_id", "leg_id"],
    )
