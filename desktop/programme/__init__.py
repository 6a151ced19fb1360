"""The programme: the year by month and by list, and each club and trip with its children and adults."""
