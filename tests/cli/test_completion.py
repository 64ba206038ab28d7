"""What the shells offer: commands, words of options, and ids."""

import pytest
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from privacy_check.cli import COMMANDS, cli
from privacy_check.cli.run import PROFILES

SHELLS: list[type[ShellComplete]] = [BashComplete, ZshComplete, FishComplete]


def offered(shell: type[ShellComplete], arguments: list[str], started: str) -> list[str]:
    complete = shell(cli, {}, "privacy-check", "_PRIVACY_CHECK_COMPLETE")
    return [item.value for item in complete.get_completions(arguments, started)]


@pytest.mark.parametrize("shell", SHELLS)
def test_commands_are_offered(shell: type[ShellComplete]) -> None:
    assert sorted(offered(shell, [], "")) == sorted(COMMANDS)
    assert offered(shell, [], "se") == ["settings"]


@pytest.mark.parametrize("shell", SHELLS)
def test_profiles_are_offered(shell: type[ShellComplete]) -> None:
    assert offered(shell, ["run", "--profile"], "") == list(PROFILES)


@pytest.mark.parametrize("shell", SHELLS)
def test_options_are_offered(shell: type[ShellComplete]) -> None:
    assert "--explain-reads" in offered(shell, ["run"], "--ex")


@pytest.mark.parametrize("shell", SHELLS)
def test_ids_are_offered(shell: type[ShellComplete]) -> None:
    assert offered(shell, ["explain"], "notification-b") == [
        "notification-banners",
        "notification-breakthrough",
    ]
    assert offered(shell, ["explain"], "notifications-o") == ["notifications-off"]


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_a_script(shell: type[ShellComplete]) -> None:
    source = shell(cli, {}, "privacy-check", "_PRIVACY_CHECK_COMPLETE")
    script = source.source_template % source.source_vars()

    assert "privacy-check" in script
    assert "_PRIVACY_CHECK_COMPLETE" in script
