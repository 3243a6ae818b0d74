"""The plan as a document: the verdict, when it is GO, what to change, what is due by when."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from gonogo.documents.blocks import (
    Block,
    Bullets,
    Code,
    Document,
    Heading,
    Item,
    Paragraph,
    Ref,
)
from gonogo.manifests.vocabulary import STAGES
from gonogo.planning.picture import day_of, picture
from gonogo.planning.plan import MISSING, Await, Change, Plan
from gonogo.render.questions import question_item
from gonogo.reporting.course import Due, Stretch

_MOST_REASONS = 3
_REGISTER = "register."


def plan_page(plan: Plan) -> Document:
    return (
        *_first(plan),
        *_windows(plan),
        *_changes(plan),
        *_waits(plan),
        *_questions(plan),
        *_timeline(plan),
        Paragraph(f"As of {plan.as_of} under profile {plan.profile}. Not legal advice."),
    )


def _first(plan: Plan) -> Iterator[Block]:
    subject = plan.subject
    when = f"first release {subject.first_release}" if subject.first_release else "no date"
    stages = f" ({subject.stages})" if subject.stages else ""
    wanted = f"; wanted {plan.target}" if plan.target else ""
    said = f"{subject.model} {subject.version} by {subject.developer}; {when}{stages}{wanted}"
    yield Paragraph(said, lead=plan.verdict)
    yield Paragraph(_earliest(plan))
    if plan.past:
        stages = ", ".join(title for _, title in plan.past)
        yield Paragraph(
            f"In the past: {stages}. To plan another date says that this has not happened."
        )


def _earliest(plan: Plan) -> str:
    """When it is GO first and for how long, or why there is no such date."""
    if not plan.windows:
        return "No stage of the release is dated: state one, such as release.public_at."
    open_window = next((each for each in plan.windows if each.verdict == "GO"), None)
    if open_window is not None:
        until = f"; GO until {open_window.until}" if open_window.until else ""
        return f"Earliest GO: {plan.earliest_shown}{_later(plan)}{until}."
    if not plan.hopeless:
        return "No date from now on is GO unless something is changed or found out."
    return (
        f"No date from now on, and no change that the developer can make, gives GO.{_takes(plan)}"
    )


def _takes(plan: Plan) -> str:
    """What else may lead to GO."""
    searched = any(wait.path.startswith(_REGISTER) for wait in plan.waits)
    who = "others" if searched else "the government"
    said = [f"what only {who} can do"] if plan.waits else []
    said += ["answers to what is asked below"] if plan.questions else []
    if said:
        return f" It takes {' or '.join(said)}."
    if plan.windows[0].verdict == "UNDETERMINED":
        return " It takes another date, and the facts that are not stated."
    return ""


def _later(plan: Plan) -> str:
    days = (day_of(plan.earliest_shown) - day_of(plan.planned)).days
    if plan.target or plan.verdict == "GO" or days <= 0:
        return ""
    return f", {days} {'day' if days == 1 else 'days'} later than planned"


def _windows(plan: Plan) -> Iterator[Block]:
    if plan.windows:
        yield Heading(2, "When")
        yield Code(picture(plan))
        if plan.moving:
            yield Paragraph(f"With {plan.moving} on these dates, the other stages as planned:")
        else:
            others = ", and the other stages as far from it as planned" if plan.is_staged else ""
            yield Paragraph(f"With the first release on these dates{others}:")
        yield Bullets(tuple(_stretch(window) for window in plan.windows))


def _stretch(window: Stretch) -> Item:
    if window.since == window.until:
        when = f"on {window.since}"
    else:
        when = f"from {window.since} " + (f"to {window.until}" if window.until else "on")
    said = [Item(why) for why in window.because[:_MOST_REASONS]]
    more = [why.partition(":")[0] for why in window.because[_MOST_REASONS:]]
    if more:
        said.append(Item(f"also {', '.join(more)}"))
    return Item(f"{window.verdict} {when}", tuple(said))


def _changes(plan: Plan) -> Iterator[Block]:
    if plan.verdict == "GO" and not plan.changes:
        return
    if not plan.windows:
        return  # without a date there is nothing to move, and what to state is said above
    yield Heading(2, "What to change")
    if not plan.changes:
        on_that_day = " on that date" if plan.target else ""
        yield Paragraph(f"Nothing that the developer can change makes it GO{on_that_day}.")
        return
    if len(plan.changes) > 1:
        yield Paragraph("Each of these makes it GO; the fewest changes first.")
    else:
        yield Paragraph("This makes it GO.")
    yield Bullets(tuple(_change(change) for change in plan.changes))


def _change(change: Change) -> Item:
    """One set: the move of the release as one thing, with its stages below."""
    stages = [pair for pair in change.settings if pair[0] in STAGES and change.moved_to]
    others = [_setting(*pair) for pair in change.settings if pair not in stages]
    if not change.moved_to:
        return others[0] if len(others) == 1 else Item("all of these", tuple(others))
    below = tuple(_setting(*pair) for pair in stages) if len(stages) > 1 else ()
    move = Item(f"move the release to {change.moved_to}", below)
    return Item("all of these", (move, *others)) if others else move


def _setting(path: str, value: str) -> Item:
    left_out = value == "null" and path in STAGES
    return Item((Ref(f"{path}: {value}"), " (this stage is left out)" if left_out else ""))


def _waits(plan: Plan) -> Iterator[Block]:
    if plan.waits:
        yield Heading(2, "What to wait for")
    for who, waits in (
        ("Whoever keeps the registers", [w for w in plan.waits if w.path.startswith(_REGISTER)]),
        ("Only the government", [w for w in plan.waits if not w.path.startswith(_REGISTER)]),
    ):
        if waits:
            any_one = "any one of these" if len(waits) > 1 else "this"
            yield Paragraph(f"{who} can do it; {any_one} would make it GO.")
            yield Bullets(tuple(_wait(wait) for wait in waits))


def _wait(wait: Await) -> Item:
    return Item((f"{wait.title} (", Ref(wait.path), f"): {wait.what}"))


def _questions(plan: Plan) -> Iterator[Block]:
    if plan.questions:
        yield Heading(2, "What to find out")
        yield Bullets(tuple(question_item(question) for question in plan.questions))


def _timeline(plan: Plan) -> Iterator[Block]:
    if plan.timeline:
        wanted = plan.target or plan.planned
        yield Heading(2, f"Timeline to {wanted}" if wanted else "Timeline")
        yield Bullets(tuple(_dues(plan.timeline)))


def _dues(timeline: Sequence[Due]) -> Iterator[Item]:
    """One line for each; what must be found out by the same day shares one."""
    for key, group in groupby(timeline, key=lambda due: (due.by, due.state, _is_missing(due))):
        dues = list(group)
        if not key[2] or len(dues) == 1:
            yield from map(_due, dues)
            continue
        titles = [due.what.removeprefix(MISSING) for due in dues]
        first = dues[0]._replace(what=f"{MISSING}{'; '.join(titles)}")
        yield _due(first)


def _is_missing(due: Due) -> bool:
    return due.what.startswith(MISSING)


def _due(due: Due) -> Item:
    state = "" if due.state == "past" else f" ({due.state})"
    return Item(f"{due.by}  {due.what}{state}", checked=due.state == "past")
