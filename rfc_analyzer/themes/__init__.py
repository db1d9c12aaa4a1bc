"""What respondents speak about: passages grouped into themes, with titles that people can read."""

from rfc_analyzer.themes.finding import ThemeResult, find_themes

__all__ = ["ThemeResult", "find_themes"]
