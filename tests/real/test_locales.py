from __future__ import annotations

from pathlib import Path

import pytest
from programs import dconf
from whole_command import COMMAND, RUN, Wire, finding, lasting, read, start

pytestmark = pytest.mark.real

LOCALES = ("de_DE.UTF-8", "ja_JP.UTF-8", "ar_EG.UTF-8")
WRAPPER = """
import locale, runpy, sys
print(locale.setlocale(locale.LC_ALL, ""), file=sys.stderr)
sys.argv = ["privacy-check", *sys.argv[1:]]
runpy.run_module("privacy_check", run_name="__main__")
"""


def report_in(home: Path, locale: str) -> Wire:
    """Give the report of a run that really happened in this locale."""
    variables = {"LANG": locale, "LC_ALL": locale, "LANGUAGE": locale.partition(".")[0]}
    done = start(
        home,
        [COMMAND[0], "-c", WRAPPER, *RUN],
        variables={**variables, "XDG_CURRENT_DESKTOP": "GNOME"},
    )
    assert done.stderr.strip() == locale
    assert done.returncode == 0
    return read(done.stdout)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_language_of_the_computer_changes_nothing(home: Path, locale: str) -> None:
    dconf.set_key(home, "org.gnome.desktop.notifications", "show-banners", "true")
    usual = report_in(home, "C.UTF-8")
    assert finding(usual, "notifications-off")["status"] == "fail"
    assert lasting(report_in(home, locale)) == lasting(usual)
