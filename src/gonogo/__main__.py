"""`gonogo` and `python -m gonogo`."""

import gc
from typing import NoReturn

# A run makes few cycles and is short: the collector's default rhythm costs a tenth of it, most of
# that while Typer is imported.
gc.set_threshold(100_000)


def main() -> NoReturn:
    """Run. A library that is missing or broken is no verdict either: Python would leave with 1."""
    try:
        from gonogo.cli import main as run
    except Exception:
        import os
        import traceback

        try:
            traceback.print_exc()
        finally:
            os._exit(4)
    run()


if __name__ == "__main__":
    main()
