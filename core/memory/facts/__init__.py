"""Facts: what is true of the person and of people the person told of, derived from the person's own words."""
