"""A program for tests: it asks as the command does, about a computer whose settings are good.

Arguments: the profile, and settings that are not good, as `id=value`.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from asking import book, good_report

from privacy_check.person.ask import Conversation
from privacy_check.person.terminal import LeaveError, open_terminal
from privacy_check.report.exits import INTERRUPTED, exit_code

profile, *given = sys.argv[1:]
report = good_report(profile, odd=dict(item.split("=") for item in given))
try:
    with open_terminal() as terminal:
        Conversation(terminal, book(), report).run()
except LeaveError:
    sys.exit(INTERRUPTED)
sys.exit(exit_code(report, ""))
