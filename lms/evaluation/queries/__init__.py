"""What is read for reports: each query is named after its answer and loads all of it, however many people there are."""

from lms.evaluation.queries import answers, reports

__all__ = ["answers", "reports"]
