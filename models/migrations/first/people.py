"""The tables of people as they were in version 0001."""

from models.migrations.build import check, choice, plain, points, table, text, unique


def family() -> None:
    """Creates the table family."""
    table(
        "family",
        text("address", 200),
        text("postcode", 12),
        text("notes", 4000),
        plain("version", "integer"),
        plain("id", "uuid"),
    )


def child() -> None:
    """Creates the table child."""
    table(
        "child",
        text("ref", 40),
        points("family_id", "family.id"),
        text("legal_first", 80),
        text("legal_last", 80),
        text("known_as", 80),
        plain("birth_date", "date"),
        text("sex", 20),
        choice(
            "status",
            "childstatus",
            [
                "Waiting for approval",
                "Waiting for home visit",
                "Waiting list",
                "Active",
                "Closed - moved away",
                "Closed",
                "Declined - over age",
                "Declined",
            ],
        ),
        text("ethnicity", 80),
        text("language", 80),
        text("school", 120),
        text("gp", 120),
        text("cares_for", 80),
        text("condition_category", 80),
        text("allergies", 4000),
        text("medical", 4000),
        plain("medicine_expires", "date", nullable=True),
        text("medicine_kept", 120),
        text("diet", 200),
        plain("one_to_one", "integer"),
        plain("wheelchair", "boolean"),
        plain("height_cm", "integer", nullable=True),
        text("referred_by", 80),
        plain("referral_date", "date", nullable=True),
        plain("approved_young_carers", "date", nullable=True),
        plain("approved_family_pathways", "date", nullable=True),
        plain("home_visit", "date", nullable=True),
        plain("info_pack_given", "boolean"),
        plain("details_checked", "date", nullable=True),
        text("notes", 4000),
        plain("version", "integer"),
        plain("id", "uuid"),
        unique("ref"),
        check("one_to_one", "one_to_one BETWEEN 0 AND 2"),
        check("height_cm", "height_cm IS NULL OR height_cm BETWEEN 50 AND 220"),
        indexes=["family_id"],
    )


def contact() -> None:
    """Creates the table contact."""
    table(
        "contact",
        points("family_id", "family.id"),
        choice("kind", "contactkind", ["parent or carer", "emergency contact"]),
        text("name", 80),
        text("relationship", 80),
        text("phone", 40),
        text("other_phone", 40),
        text("email", 120),
        plain("parental_responsibility", "boolean"),
        plain("parent_carer", "boolean"),
        plain("call_order", "integer"),
        plain("version", "integer"),
        plain("id", "uuid"),
        indexes=["family_id"],
    )


def collector() -> None:
    """Creates the table collector."""
    table(
        "collector",
        points("child_id", "child.id"),
        choice("kind", "collectorkind", ["may collect", "must not collect"]),
        text("name", 80),
        text("relationship", 80),
        text("phone", 40),
        text("password", 80),
        text("reason", 200),
        plain("version", "integer"),
        plain("id", "uuid"),
        indexes=["child_id"],
    )
