"""The pages on which a person's record is kept; the person's own page is linkworkers'."""
