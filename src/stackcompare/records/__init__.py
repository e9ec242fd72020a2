"""The nouns: frozen, typed records, each value with who says so. They know nothing of files."""

from stackcompare.records.base import Record
from stackcompare.records.benchmark import Benchmark, Facet
from stackcompare.records.brief import Brief, Condition, Indicator, Scenario
from stackcompare.records.claim import Claim, Fact
from stackcompare.records.competitor import Competitor, Feature, Judgement
from stackcompare.records.dates import PartialDate
from stackcompare.records.finding import Finding
from stackcompare.records.hardware import Hardware
from stackcompare.records.license import License
from stackcompare.records.model import Model
from stackcompare.records.offer import Asset, Price
from stackcompare.records.quantity import Interval, Quantity
from stackcompare.records.result import Result
from stackcompare.records.serving import Argument, ServingGuide, ServingSetting, Stack, Throughput
from stackcompare.records.settings import Settings
from stackcompare.records.source import Organization, Source

SECTIONS: dict[str, type[Record]] = {
    "organizations": Organization,
    "sources": Source,
    "models": Model,
    "benchmarks": Benchmark,
    "features": Feature,
    "competitors": Competitor,
    "stacks": Stack,
    "serving_guides": ServingGuide,
    "arguments": Argument,
    "throughputs": Throughput,
    "hardware": Hardware,
    "licenses": License,
    "prices": Price,
    "assets": Asset,
    "briefs": Brief,
    "findings": Finding,
}
"""Kinds of record that have an id, by the key under which a data file holds them."""

SINGULAR: dict[str, str] = {
    "organizations": "organization", "sources": "source", "models": "model", "benchmarks": "benchmark",
    "features": "feature", "competitors": "competitor", "stacks": "stack", "serving_guides": "serving guide",
    "arguments": "argument", "throughputs": "throughput", "prices": "price", "assets": "asset",
    "hardware": "hardware", "licenses": "license", "briefs": "brief", "findings": "finding",
}  # fmt: skip
"""What one record of a section is called."""

__all__ = [
    "SECTIONS", "SINGULAR", "Argument", "Asset", "Benchmark", "Brief", "Claim", "Competitor", "Condition", "Facet",
    "Fact", "Feature", "Finding", "Hardware", "Indicator", "Interval", "Judgement", "License", "Model",
    "Organization", "PartialDate", "Price", "Quantity", "Record", "Result", "Scenario", "ServingGuide",
    "ServingSetting", "Settings", "Source", "Stack", "Throughput",
]  # fmt: skip
