"""A run of training as one page that needs nothing else: `run_log.py` is read, `page.py` writes HTML. No torch."""

from nurie.training.report.page import write_report

__all__ = ["write_report"]
