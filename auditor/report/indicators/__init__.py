"""Indicator tables: rows under a header, with the levels over them and the totals that close them."""
