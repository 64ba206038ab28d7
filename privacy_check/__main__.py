"""Starts the command line: `python -m privacy_check`, and the installed `privacy-check`."""

import gc

# A run is over before anything would be worth collecting; looking for it costs a tenth of a start.
gc.disable()

from privacy_check.cli import main  # noqa: E402

__all__ = ["main"]

if __name__ == "__main__":
    main()
