"""`gonogo` and `python -m gonogo`."""

import gc

# A run makes few cycles and is short: the collector's default rhythm costs a tenth of it, most of
# that while Typer is imported.
gc.set_threshold(100_000)

from gonogo.cli import main  # noqa: E402 - after the line above

if __name__ == "__main__":
    main()
