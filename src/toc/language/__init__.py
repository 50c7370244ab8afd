"""One room for words: how texts, numbers, dates, lists and the organisation's own words are said."""
