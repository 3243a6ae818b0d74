"""What a plan over three years costs, in checks.

Run `python tests/bench/plan.py`. Prints medians of interleaved rounds: of whole processes, and of
the same commands inside one process, where all is imported already. Each reads packs and manifest
anew. The first manifest plans its release three years after the as-of day.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from typer.testing import CliRunner

from gonogo.commands.root import app

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 15
AS_OF = "2026-11-23"
THREE_YEARS = """\
manifest: gonogo/1
model: {name: N-9, version: "1.0", developer: openai, weights: closed, training_compute_flop: 3e26}
review: {access_started_at: 2029-11-15}
release: {public_at: 2029-11-23}
"""
STORIES = ("shortest/release.yaml", "plan/release.yaml", "northlight-go/release.yaml")


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def process(command: str, path: str) -> Callable[[], object]:
    arguments = [sys.executable, "-m", "gonogo", command, path, "--as-of", AS_OF]
    return lambda: subprocess.run(arguments, stdout=subprocess.DEVNULL, check=False)


def inside(command: str, path: str) -> Callable[[], object]:
    return lambda: CliRunner().invoke(app, [command, path, "--as-of", AS_OF])


def report(name: str, make: Callable[[str, str], Callable[[], object]], path: str) -> None:
    check, plan = make("check", path), make("plan", path)
    check(), plan()
    rounds = [(seconds(check), seconds(plan)) for _ in range(ROUNDS)]
    ratios = [plan_time / check_time for check_time, plan_time in rounds]
    checks, plans = (1000 * statistics.median(times) for times in zip(*rounds, strict=True))
    sys.stdout.write(
        f"{name:40} check {checks:7.1f} ms  plan {plans:7.1f} ms  "
        f"ratio {statistics.median(ratios):5.2f} ({min(ratios):.2f} to {max(ratios):.2f})\n"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        far = Path(folder) / "three-years.yaml"
        far.write_text(THREE_YEARS, "utf-8")
        for path in (far, *(ROOT / "examples" / story for story in STORIES)):
            name = path.stem if path == far else path.parent.name
            report(f"{name}, whole process", process, str(path))
            report(f"{name}, inside one process", inside, str(path))


if __name__ == "__main__":
    main()
