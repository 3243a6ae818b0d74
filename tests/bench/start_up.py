"""Whole-process times, paired with a one-line app of the same Typer.

Run `python tests/bench/start_up.py`. Prints medians of interleaved runs, the ratio round by round,
and the cost of one further manifest.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = ROOT / "examples/northlight-go/release.yaml"
ONE_LINE = "import typer\napp = typer.Typer()\n@app.command()\ndef main(x: str): print(x)\napp()\n"
ROUNDS = 51
MANY = 100


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        one_line = Path(folder) / "one_line.py"
        one_line.write_text(ONE_LINE)
        app = [sys.executable, str(one_line), "x"]
        script = str(Path(sys.executable).with_name("gonogo"))
        check = [script, "check", str(MANIFEST), "--as-of", "2026-09-30"]
        many = [script, "check", *[str(MANIFEST)] * MANY, "--as-of", "2026-09-30"]
        for command in (app, check, many):
            seconds(command)
        rounds = [(seconds(app), seconds(check), seconds(many)) for _ in range(ROUNDS)]
    ratios = [check_time / app_time for app_time, check_time, _ in rounds]
    further = [(many_time - check_time) / (MANY - 1) for _, check_time, many_time in rounds]
    medians = [1000 * statistics.median(times) for times in zip(*rounds, strict=True)]
    spread = f"({min(ratios):.2f} to {max(ratios):.2f})"
    sys.stdout.write(
        f"one-line Typer app  {medians[0]:6.1f} ms\n"
        f"gonogo check        {medians[1]:6.1f} ms\n"
        f"ratio, median       {statistics.median(ratios):6.2f}  {spread}\n"
        f"a further manifest  {1000 * statistics.median(further):6.2f} ms\n"
    )


if __name__ == "__main__":
    main()
