"""How far a score may be from what the model would reach on average: the noise of a finite test.

Wilson's interval for one rate: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
JASA 22 (1927), formula for p. Newcombe's interval for the difference of two: R. G. Newcombe, Interval estimation for
the difference between independent proportions, Statistics in Medicine 17 (1998), method 10. Both hold at 0 and 100 %.
They take the answers as independent, so they bound averages over repeats from above and ignore that both models saw
the same items.
"""

from __future__ import annotations

from math import hypot, sqrt
from statistics import NormalDist
from typing import NamedTuple


class Arms(NamedTuple):
    """How far a score may be off, below and above it, in its own unit."""

    down: float
    up: float

    def mirrored(self) -> Arms:
        """Return the arms seen from the other side of zero."""
        return Arms(self.up, self.down)


def quantile(confidence: float) -> float:
    """Return the z of a two-sided confidence level between 0 and 1.

    >>> round(quantile(0.95), 2)
    1.96
    """
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not {confidence}")
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def wilson(rate: float, items: float, z: float) -> tuple[float, float]:
    """Return Wilson's interval for a rate from 0 to 1 over a number of items.

    >>> low, high = wilson(0.925, 30, 1.96)
    >>> round(low, 3), round(high, 3)
    (0.776, 0.978)
    """
    square = z * z / items
    centre = (rate + square / 2) / (1 + square)
    half = z * sqrt(rate * (1 - rate) / items + square / (4 * items)) / (1 + square)
    return max(centre - half, 0.0), min(centre + half, 1.0)


def rate_arms(rate: float, items: float, z: float) -> Arms:
    """Return how far a rate over a number of items may be off, by Wilson's interval."""
    low, high = wilson(rate, items, z)
    return Arms(max(rate - low, 0.0), max(high - rate, 0.0))


def noise_of_lead(leader: Arms, other: Arms) -> float:
    """Return how large a lead must be to lie beyond noise, by Newcombe's interval for a difference.

    The interval of the difference leaves out zero exactly when the lead is larger than this.

    >>> arms = rate_arms(0.925, 30, 1.96), rate_arms(0.9036, 30, 1.96)
    >>> 0.925 - 0.9036 > noise_of_lead(*arms)
    False
    """
    return hypot(leader.down, other.up)
