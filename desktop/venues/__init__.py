"""Where clubs and trips take place."""
