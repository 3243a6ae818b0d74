"""The plan as a document: the verdict, when it is GO, what to change, what is due by when."""

from collections.abc import Iterator

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
from gonogo.planning.picture import picture
from gonogo.planning.plan import Change, Plan
from gonogo.render.questions import question_item
from gonogo.reporting.course import Due, Stretch


def plan_page(plan: Plan) -> Document:
    return (
        *_first(plan),
        *_windows(plan),
        *_changes(plan),
        *_waits(plan),
        *_questions(plan),
        *_timeline(plan),
        Paragraph(f"As of {plan.as_of}, profile {plan.profile}. Not legal advice."),
    )


def _first(plan: Plan) -> Iterator[Block]:
    subject = plan.subject
    when = f"first release {subject.first_release}" if subject.first_release else "no date"
    stages = f" ({subject.stages})" if subject.stages else ""
    said = f"{subject.model} {subject.version} by {subject.developer}; {when}{stages}"
    wanted = f"; wanted {plan.target}" if plan.target else ""
    yield Paragraph(said + wanted, lead=plan.verdict)
    if plan.earliest_shown:
        yield Paragraph(f"Earliest GO: {plan.earliest_shown}.")
    elif plan.hopeless:
        yield Paragraph(f"Not as it stands: {plan.hopeless}.")
    elif plan.windows:
        yield Paragraph("No date from now on is GO unless something is changed or found out.")


def _windows(plan: Plan) -> Iterator[Block]:
    if not plan.windows:
        yield Paragraph("No release is dated, so there are no dates to look at.")
        return
    yield Heading(2, "When")
    yield Code(picture(plan))
    yield Paragraph("With the first release")
    yield Bullets(tuple(_stretch(window) for window in plan.windows))


def _stretch(window: Stretch) -> Item:
    until = f" to {window.until}" if window.until else " on"
    because = (Item(window.because),) if window.because else ()
    return Item(f"from {window.since}{until}: {window.verdict}", because)


def _changes(plan: Plan) -> Iterator[Block]:
    if plan.verdict == "GO":
        return
    yield Heading(2, "What to change")
    if not plan.changes:
        yield Paragraph("Nothing that the developer can change makes it GO.")
        return
    yield Paragraph("Each of these makes it GO; the fewest changes first.")
    yield Bullets(tuple(_change(change) for change in plan.changes))


def _change(change: Change) -> Item:
    """One set: the move of the release as one thing, with its stages below."""
    stages = [(path, value) for path, value in change.settings if path in STAGES]
    others = [pair for pair in change.settings if not (change.moved_to and pair in stages)]
    parts: list[str | Ref] = [f"move the release to {change.moved_to}"] if change.moved_to else []
    for path, value in others:
        parts += [" and " if parts else "", Ref(f"{path}: {value}")]
    below = stages if change.moved_to and len(stages) > 1 else []
    return Item(tuple(parts), tuple(Item(Ref(f"{path}: {value}")) for path, value in below))


def _waits(plan: Plan) -> Iterator[Block]:
    if plan.waits:
        yield Heading(2, "What to wait for")
        yield Paragraph("Only the government can do it; any one of these would make it GO.")
        items = tuple(Item((f"{w.title} (", Ref(w.path), f"): {w.what}")) for w in plan.waits)
        yield Bullets(items)


def _questions(plan: Plan) -> Iterator[Block]:
    if plan.questions:
        yield Heading(2, "What to find out")
        yield Bullets(tuple(question_item(question) for question in plan.questions))


def _timeline(plan: Plan) -> Iterator[Block]:
    if plan.timeline:
        wanted = plan.target or plan.planned
        yield Heading(2, f"Timeline to {wanted}" if wanted else "Timeline")
        yield Bullets(tuple(_due(due) for due in plan.timeline))


def _due(due: Due) -> Item:
    state = "" if due.state == "past" else f" ({due.state})"
    return Item(f"{due.by}  {due.what}{state}", checked=due.state == "past")
