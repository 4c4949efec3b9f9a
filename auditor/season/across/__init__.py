"""What only several reports together show: documents grouped by project, and relations between their quotes.

One mechanism for all: `stated` is what a report states with its places, `grouping` which documents speak of one
project, and each relation yields a `Matter` with a quote from either side. Everything asks; nothing proves, for
two papers that differ may both be right about different things.
"""
