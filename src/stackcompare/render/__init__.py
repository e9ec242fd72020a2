"""Answers made visible: described once as a `Table`, then drawn in a terminal, on a page, or written as data.

Names are imported when first used: printing a table loads neither charts nor reports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stackcompare.late import late

_HOMES = {
    "charts": ("Chart", "chart_of"),
    "console": ("rich", "text"),
    "data": ("csv", "json", "jsonl", "parquet"),
    "describe": ("table_of",),
    "files": ("content", "made", "write"),
    "marked": ("markdown",),
    "notebook": ("shortened",),
    "page": ("html", "whole_page"),
    "reports": ("framed", "report_markdown", "report_page", "report_rich", "report_text"),
    "safe": ("inline",),
    "table": ("Table",),
    "views": ("RecordView", "record_table", "stated_rows"),
}

__all__ = sorted(name for names in _HOMES.values() for name in names)

if TYPE_CHECKING:
    from stackcompare.render.charts import *  # noqa: F403 - what type checkers see, of this module and those below
    from stackcompare.render.console import rich as rich
    from stackcompare.render.console import text as text
    from stackcompare.render.data import *  # noqa: F403
    from stackcompare.render.describe import *  # noqa: F403
    from stackcompare.render.files import *  # noqa: F403
    from stackcompare.render.marked import *  # noqa: F403
    from stackcompare.render.notebook import *  # noqa: F403
    from stackcompare.render.page import *  # noqa: F403
    from stackcompare.render.reports import *  # noqa: F403
    from stackcompare.render.safe import inline as inline
    from stackcompare.render.table import *  # noqa: F403
    from stackcompare.render.views import RecordView as RecordView
    from stackcompare.render.views import record_table as record_table
    from stackcompare.render.views import stated_rows as stated_rows

__getattr__, __dir__ = late(__name__, _HOMES)
