"""The Privacy screen: requests to see a record, what is due for review, legal holds, erasing a child."""
