"""Each field of a vehicle and of a journey, in plain words."""

from collections.abc import Mapping

VEHICLE: Mapping[str, str] = {
    "registration": "registration",
    "name": "name of the bus",
    "owner": "owner",
    "seats": "number of seats",
    "front_seats": "number of seats beside the driver",
    "wheelchair_places": "number of wheelchair places",
    "seats_lost_per_wheelchair": "number of seats a wheelchair takes",
    "max_weight_kg": "weight",
    "fuel": "fuel",
    "mot_expires": "last day of the MOT",
    "insurance_expires": "last day of the insurance",
    "permit_expires": "last day of the permit",
    "boosters": "number of boosters",
    "off_road": "reason it is off the road",
    "notes": "notes",
}

LEG: Mapping[str, str] = {
    "departs": "time it leaves",
    "arrives": "time it arrives",
    "from_place": "place it leaves from",
    "to_place": "place it goes to",
    "driver_id": "driver",
}
