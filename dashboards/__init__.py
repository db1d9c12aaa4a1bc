"""The dashboard: screens over an analysis folder. Figures come from ``rfc_analyzer.comparison``."""
