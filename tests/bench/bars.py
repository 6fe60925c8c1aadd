"""The bars, and what is printed against them. From the comparison with other systems in docs/performance.md."""

from dataclasses import dataclass

from tests.bench.load import Load


@dataclass(frozen=True)
class Bar:
    """What a page must reach: requests a second at 16 connections, or that share of the limit in the same run.

    `p50` (1 connection), `p99_16` and `p99_64` are milliseconds on the reference machine; on a busier one `times` them:
    the same multiple of the limit's own latency counts as well. `sql`: statements at most.
    """

    rate: float
    share: float
    p50: float
    p99_16: float
    p99_64: float
    sql: int = 3


START = Bar(1200, 0.5, 1.4, 25, 90)
PAGE = Bar(900, 0.48, 2.0, 25, 90)
ANSWER = Bar(1000, 0.47, 2.0, 25, 90)
BARS = {"start": START, "home": PAGE, "module": PAGE, "answers": ANSWER}
REFERENCE_P50, REFERENCE_P99_16, REFERENCE_P99_64 = 1.0, 11.0, 40.0  # the limit's, where the bars were set
GROWTH = 1.1
COLD_START, IDLE_MEMORY = 0.33, 60.0  # seconds; MiB
ON_THE_SCREEN = {40: 30.0, 100: 30.0, 200: None, 425: 100.0, 1000: 500.0}  # players: p99, milliseconds
REPLAY = 5.0  # milliseconds, 500 events
KEYSTROKE, MAP = 150.0, 1000.0  # milliseconds: p95 of a saving with all checks; drawing 40 stages
JOBS = {  # name, count: seconds, MiB beyond idle
    ("certificates", 1000): (5.0, 60.0),
    ("csv", 10_000): (0.1, 30.0),
    ("csv", 100_000): (0.8, 30.0),
    ("xlsx", 10_000): (0.9, 30.0),
    ("xlsx", 100_000): (8.0, 30.0),
}


def verdict(good: bool) -> str:
    """In words."""
    return "met" if good else "NOT MET"


def throughput(bar: Bar, load: Load, share: float) -> bool:
    """At 16 connections; `share` of the limit measured right before."""
    return load.bad == 0 and (load.rate >= bar.rate or share >= bar.share)


def latency(wanted: float, found: float, limit: float, reference: float) -> bool:
    """Within the bar, or within the same multiple of the limit in this run."""
    return found <= max(wanted, wanted / reference * limit)


def shortfalls(name: str, loads: dict[int, Load], limits: dict[int, Load], share: float, statements: int) -> list[str]:
    """What of its bars a page misses, in words; empty when it meets them all or has none."""
    bar = BARS.get(name)
    if bar is None:
        return []
    checks = {
        f"{bar.share:.2f} of the limit": throughput(bar, loads[16], share),
        "p50 at 1": latency(bar.p50, loads[1].p50, limits[1].p50, REFERENCE_P50),
        "p99 at 16": latency(bar.p99_16, loads[16].p99, limits[16].p99, REFERENCE_P99_16),
        "p99 at 64": latency(bar.p99_64, loads[64].p99, limits[64].p99, REFERENCE_P99_64),
        f"{bar.sql} statements": statements <= bar.sql,
    }
    return [what for what, good in checks.items() if not good]
