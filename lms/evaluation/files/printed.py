"""The report on paper: typst, tagged, with the same charts as the page."""

from lms.evaluation.screens.report import Report


def pdf(report: Report) -> bytes:
    """The report as PDF/UA-1 on A4, in the language in force."""
    raise NotImplementedError
