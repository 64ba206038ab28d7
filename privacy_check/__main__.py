"""Starts the command line: `python -m privacy_check`, and the installed `privacy-check`."""

from privacy_check.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
