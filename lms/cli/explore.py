"""`flask cases explore`: every path of a case, and random whole runs, before anyone plays it."""

import json
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import with_appcontext

if TYPE_CHECKING:
    from lms.content.case import Case
    from lms.simulations.explore import Explored

WARNINGS = {  # fields of what was found, and how they are called when there is something in them
    "dead_ends": "Stages from which no ending is reached",
    "loops": "Stages to which the story comes back",
    "never_done": "Procedure steps that no path does",
    "never_in_time": "Procedure steps that no path does in time",
    "outdone": "Options that nobody should pick: one graded no better is better in everything",
    "unpunished": "Harmful options after which nothing is worse",
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Everything, for machines.")
@click.option("--bots", default=0, metavar="N", help="Also play N random whole runs.")
def explore(file: Path, as_json: bool, bots: int) -> None:
    """Play every path of the case in FILE and say what can happen and what cannot.

    Exit 1 when FILE has a fault, or when a bot was refused what it was offered or did not end within the slot.
    """
    from lms.content.cases import read_case
    from lms.content.faults import PackFaulty
    from lms.simulations.explore import explore as played

    try:
        case = read_case(file)
    except PackFaulty as error:
        raise click.ClickException("\n".join(map(str, error.faults))) from None
    begun = time.perf_counter()
    found = played(case)
    seconds = time.perf_counter() - begun
    runs = _bots(case, bots) if bots else None
    if as_json:
        click.echo(
            json.dumps(found.as_json() | {"seconds": round(seconds, 1), "bots": runs}, ensure_ascii=False, indent=2)
        )
        return
    _print(case, found, seconds)
    if runs:
        click.echo(
            f"{runs['runs']} random runs: {runs['shortest']}–{runs['longest']} minutes of {case.minutes},"
            f" {runs['fewest_events']}–{runs['most_events']} events, nothing refused"
        )


@click.command("explore-drafts", hidden=True)
@with_appcontext
def explore_drafts() -> None:
    """Explore the cases of drafts that wait for it. The editor starts this by itself."""
    from lms.authoring.trying.exploring import explore_waiting

    explore_waiting(current_app.config["DATA_DIR"] / "exploring")


def _print(case: "Case", found: "Explored", seconds: float) -> None:
    whole = "every path was followed" if found.whole else "A BOUND WAS REACHED: what follows is not the whole story"
    click.echo(f"{found.case}: {whole} ({found.states:,} states, {found.paths:,} paths, {seconds:.1f} s)")
    fits = "" if found.longest <= found.slot else " – LONGER THAN THE SLOT"
    click.echo(f"{found.shortest}–{found.longest} planned minutes in a slot of {found.slot}{fits}")
    width = max(map(len, case.ending))
    click.echo(f"{'ending':{width}}  {'paths':>7}  {'chance':>7}  {'minutes':>9}  {'steps':>7}  sets of steps")
    for one in found.endings:
        minutes, steps = f"{one.shortest}–{one.longest}", f"{one.least_steps}–{one.most_steps}"
        sets = f"{one.step_sets}" if found.sets_whole else f"at least {one.step_sets}"
        click.echo(f"{one.key:{width}}  {one.share:7.1%}  {one.chance:7.1%}  {minutes:>9}  {steps:>7}  {sets}")
    click.echo(f"(steps done, of {len(case.procedure)}; chance: share of random teams, each choice as likely)")
    for team in found.teams:
        steps = f"{team.steps} of {len(case.procedure)} steps"
        click.echo(f"always {team.grade}: {team.ending or 'no ending'}, trust {team.trust}, {steps}")
    for kind, keys in found.unreachable.items():
        if keys:
            click.echo(f"Unreachable {kind}: {', '.join(keys)}")
    for name, title in WARNINGS.items():
        if keys := getattr(found, name):
            click.echo(f"{title}: {', '.join(keys)}")


def _bots(case: "Case", count: int) -> dict[str, object]:
    from lms.errors import Refused
    from lms.simulations.bots import play

    minutes, events, endings = [], [], Counter[str]()
    for seed in range(count):
        try:
            played = play(case, seed, overrides=seed % 2 == 0)
        except (Refused, RuntimeError) as error:
            raise click.ClickException(f"bot {seed}: {error}") from error
        if played.minutes > case.minutes:
            raise click.ClickException(f"bot {seed}: {played.minutes:.0f} minutes, the slot has {case.minutes}")
        minutes.append(round(played.minutes))
        events.append(len(played.log))
        endings[played.state.ending] += 1
    return {
        "runs": count, "shortest": min(minutes), "longest": max(minutes), "fewest_events": min(events),
        "most_events": max(events), "endings": dict(endings),
    }  # fmt: skip
