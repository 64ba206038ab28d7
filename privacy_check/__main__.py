"""Starts the command line: `python -m privacy_check`, and the installed `privacy-check`."""

import gc
import os
import sys
from typing import NoReturn

# A run is over before anything would be worth collecting; looking for it costs a tenth of a start.
gc.disable()

from privacy_check.cli import main  # noqa: E402 - after the collector is off


def start() -> NoReturn:
    """Run the command line, then end at once: no hung reader is waited for."""
    code: object = 1
    try:
        main()
    except SystemExit as end:
        code = end.code
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    start()
