"""`gonogo` and `python -m gonogo`."""

import gc
import os
from typing import NoReturn

# A run makes few cycles and is short: the collector's default rhythm costs a tenth of it, most of
# that while Typer is imported.
gc.set_threshold(100_000)
# Where CPython looks for time zones by default. Untold, zoneinfo loads all of Python's build
# configuration to learn it.
_ZONES = "/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo"
if os.name == "posix":
    os.environ.setdefault("PYTHONTZPATH", _ZONES)


def main() -> NoReturn:
    """Run. A library that is missing or broken is no verdict either: Python would leave with 1."""
    try:
        from gonogo.cli import main as run
    except Exception:
        import traceback

        try:
            traceback.print_exc()
        finally:
            os._exit(4)
    run()


if __name__ == "__main__":
    main()
