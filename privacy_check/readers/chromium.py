"""Says what the browsers of the Chromium family hold about one subject.

Each subject has a module of its own, imported when a browser of the family was used here:
`chromium_sites`, `chromium_extensions` and `chromium_choices`.
"""

from __future__ import annotations

from privacy_check.machine.interface import MissingError
from privacy_check.readers.chromium_homes import used
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Chromium


def read(wanted: Chromium, look: Look) -> Found:
    """Return a word over all profiles, and over the policies of an organisation.

    For what sites may do: `none`, `some-sites`, `all-sites` or `blocked`. For extensions: `some`
    or `none`. For choices: `on` or `off`, for downloads `automatic` or `asks`.
    """
    homes = used(look.window)
    if not homes:
        message = "no such browser has been used here"
        raise MissingError(message)
    match wanted.permission:
        case "capture-extensions" | "wide-extensions":
            from privacy_check.readers import chromium_extensions

            return chromium_extensions.read(wanted.permission, look.window, homes)
        case "sync" | "background" | "downloads":
            from privacy_check.readers import chromium_choices

            return chromium_choices.read(wanted.permission, look.window, homes)
        case permission:
            from privacy_check.readers import chromium_sites

            return chromium_sites.read(permission, look.window, homes)
