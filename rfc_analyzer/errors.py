"""Errors that a user can act on. Each message says what to do."""

from __future__ import annotations


class RfcAnalyzerError(Exception):
    """Base of all errors raised on purpose; the command line prints its message as one line."""


class EmptyDocket(RfcAnalyzerError):
    """No input gave any readable text."""


class BadInput(RfcAnalyzerError):
    """An input path, metadata table or reviewed table can't be used as it is."""


class BadCodebook(RfcAnalyzerError):
    """The codebook has a wrong line; the message names the file, the line and the key."""


class BadNotice(RfcAnalyzerError):
    """The agency's notice could not be read."""


class BadAnalysis(RfcAnalyzerError):
    """A folder is not an analysis, is incomplete, or belongs to another docket."""


class MissingDependency(RfcAnalyzerError):
    """An optional package is needed; the message gives the command that installs it."""


class EngineLost(RfcAnalyzerError):
    """The cluster that ran the stages can't be reached; what is finished is kept."""


class NotSupported(RfcAnalyzerError):
    """Something that this version does not do."""


class UnreadableFile(RfcAnalyzerError):
    """One file could not be read. Ingestion turns this into a row with a reason; nothing else is lost."""
