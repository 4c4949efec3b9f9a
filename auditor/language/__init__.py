"""Floor 3: words and sentences, without knowing what a report is about."""

from auditor.language.lexicon import Word, any_of, same_unit, table, word, words
from auditor.language.sentence import Structure, cut, separator

__all__ = ["Structure", "Word", "any_of", "cut", "same_unit", "separator", "table", "word", "words"]
