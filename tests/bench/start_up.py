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
ROUNDS = 21
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
    ratios = [b / a for a, b, _ in rounds]
    further = [(c - b) / (MANY - 1) for _, b, c in rounds]
    write = sys.stdout.write
    write(f"one-line Typer app  {1000 * statistics.median(a for a, _, _ in rounds):6.1f} ms\n")
    write(f"gonogo check        {1000 * statistics.median(b for _, b, _ in rounds):6.1f} ms\n")
    write(
        f"ratio, median       {statistics.median(ratios):6.2f}  ({min(ratios):.2f} to {max(ratios):.2f})\n"
    )
    write(f"a further manifest  {1000 * statistics.median(further):6.2f} ms\n")


if __name__ == "__main__":
    main()
