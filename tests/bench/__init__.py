"""How fast the house is, beside the least that Flask can do: `python -m tests.bench` (see docs/performance.md)."""
