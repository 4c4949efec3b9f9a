"""A season of reports: what a bureau receives in a few weeks, kept in one store and worked on by many."""
