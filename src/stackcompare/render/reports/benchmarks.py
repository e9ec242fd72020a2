"""The models head to head, and what the subject's own documents say when they are read whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from stackcompare.render.comparisons import marks_in, tags_in, verdict_part
from stackcompare.render.document import Section, uncited
from stackcompare.render.table import NOTHING, Column, Gauge, Part, References, Row, Span, Table, cell
from stackcompare.render.words import counted, named_setting, short_name

if TYPE_CHECKING:
    from stackcompare.analysis import Disclosure, Disclosures, Matchups, Report, Tally, Verdict

_NOT_SURELY: Final = (
    "Not surely: within the noise, with the noise unknown, or from documents that leave unsaid what must agree."
)
_CHOICE: Final = (
    "Which models meet is decided by what is published: of a vendor, the pair that stands together in most rows of "
    "tables is shown setting by setting. So a vendor's own tables choose many of the rivals, and newer models wait "
    "until tables hold them. Settings are not independent: an average stands beside its parts."
)
_WHOLE: Final = (
    "Each document is decided by itself, over every score of it that is kept here, in the settings in which it scores "
    "a model compared here beside another maker's. The vendor is ahead where any of its models leads or is level; the "
    "nearest rival may be another in each row."
)
GAUGES: Final = (
    "Beside a count of settings: the share ahead, the part beyond noise dark; a line where those behind begin. Beside "
    "a margin: the margin, before the band of its noise."
)
"""What explains the bars, where they are drawn."""


def benchmarks(report: Report, refs: References) -> Section | None:
    """Describe the tally of each pair of models, then the verdicts of the pairs that matter most."""
    if not report.duels:
        return None
    parts = [matchup_part(report.matchups)]
    parts += [
        verdict_part(
            matchup.verdicts, matchup.verdicts.contested, refs,
            uncited(
                f"{short_name(report.catalog, matchup.subject)} against {short_name(report.catalog, matchup.rival)}"
            ),
        )
        for matchup in report.duels
    ]  # fmt: skip
    duels = tuple(parts[1:])
    remarks = (_NOT_SURELY, _CHOICE, GAUGES)
    table = Table("Benchmarks", tuple(parts), marks_in(duels), remarks, footnotes=refs.footnotes, tags=tags_in(duels))
    return Section("benchmarks", table)


def matchup_part(matchups: Matchups) -> Part:
    """Describe pairs of models, one a row, with how many settings end how."""
    columns = (
        Column("Head to head"), Column("Settings", "right"), Column("Ahead beyond noise", "right"),
        Column("Ahead, not surely", "right"), Column("Level", "right"), Column("Open", "right"),
        Column("Behind, not surely", "right"), Column("Behind beyond noise", "right"), Column("Rows shared", "right"),
    )  # fmt: skip
    rows = tuple(
        Row((
            cell(f"against {short_name(matchups.catalog, matchup.rival)}"),
            cell(str(matchup.tally.settings), gauge=_tally_gauge(matchup.tally)),
            *(cell(str(count), faint=not count) for count in matchup.tally), cell(str(matchup.shared.rows)),
        ), group=short_name(matchups.catalog, matchup.subject))
        for matchup in matchups
        if matchup.tally.settings
    )  # fmt: skip
    return Part(columns, rows, "Head to head, counted", "no benchmark setting has a score of both sides")


def _tally_gauge(tally: Tally) -> Gauge:
    """Draw the share of settings ahead, beyond noise dark; a line marks where those behind begin."""
    ahead, level = tally.wins + tally.leads, tally.ties + tally.undecided
    spans = (Span(0, 1, "band"), Span(0, ahead / tally.settings, "part"), Span(0, tally.wins / tally.settings))
    return Gauge(spans, origin=(ahead + level) / tally.settings)


def own_documents(report: Report, refs: References) -> Section | None:
    """Describe where the subject is not ahead in documents of its own."""
    parts = disclosure_parts(report.disclosures, refs)
    title = "What the marketing leaves out"
    remarks = (_WHOLE, *_excerpts(report.disclosures, refs))
    return Section("own-documents", Table(title, parts, (), remarks, refs.footnotes)) if parts else None


def _excerpts(disclosures: Disclosures, refs: References) -> Iterator[str]:
    """Name the documents about which nothing is said here."""
    sources = disclosures.catalog.sources
    named = [f"{uncited(sources[key].title)} [{refs.source(key)}]" for key in disclosures.excerpts]
    if named:
        yield f"Not decided, for only some of the scores are kept here: {'; '.join(named)}."


def disclosure_parts(disclosures: Disclosures, refs: References) -> tuple[Part, ...]:
    """Describe a vendor's documents, each with the settings in which none of its models is ahead."""
    return tuple(_disclosure_part(disclosures, held, refs) for held in disclosures if held.behind)


def _disclosure_part(disclosures: Disclosures, held: Disclosure, refs: References) -> Part:
    catalog = disclosures.catalog
    columns = (
        Column("Benchmark"), Column("Best of its own", "right"), Column("Model", folded="of "),
        Column("Ahead of it", "right"), Column("Model", folded="of "), Column("Outcome", folded=""),
    )  # fmt: skip
    whole = len(held.ahead) + len(held.behind)
    title = f"{uncited(catalog.sources[held.source].title)} [{refs.source(held.source)}]: not ahead in "
    title += f"{len(held.behind)} of {counted(whole, 'setting')}"
    if open_ := sum(verdict.outcome == "undecided" for verdict in held.behind):
        title += f", {open_} of them undecided"
    rows = sorted(
        (_behind_row(disclosures, held, verdict, refs) for verdict in held.behind),
        key=lambda row: row.group.casefold(),
    )
    return Part(columns, tuple(rows), title)


def _behind_row(disclosures: Disclosures, held: Disclosure, verdict: Verdict, refs: References) -> Row:
    catalog = disclosures.catalog
    benchmark = catalog.benchmarks[verdict.benchmark]
    mine = disclosures.best_own(held, verdict)
    cells = [cell(named_setting(benchmark, verdict.facets))]
    for score in (mine, next((score for score in verdict.scores if score.model in verdict.leaders), None)):
        if score is None:
            cells += [NOTHING, NOTHING]
            continue
        numbers = (refs.source(score.result.source, score.evidence),)
        ahead = score is not mine and verdict.outcome == "win"
        cells += [cell(score.text, strong=ahead, sources=numbers), cell(short_name(catalog, score.model))]
    return Row((*cells, cell(verdict.outcome)), group=benchmark.domain)


def matchups_table(shown: Matchups) -> Table:
    """Describe pairs of models head to head."""
    return Table("Head to head", (matchup_part(shown),), (), (_NOT_SURELY,))


def disclosures_table(shown: Disclosures) -> Table:
    """Describe where a vendor is not ahead in documents of its own."""
    refs = References(shown.catalog)
    title = "What the vendors' own documents say when they are read whole"
    parts, remarks = disclosure_parts(shown, refs), (_WHOLE, *_excerpts(shown, refs))
    return Table(title, parts, (), remarks, refs.footnotes, refs.sources)
