"""Says what the browsers of the Firefox family hold about one subject.

Each subject has a module of its own, imported when a browser of the family was used here:
`firefox_sites`, `firefox_extensions` and `firefox_choices`.
"""

from __future__ import annotations

from privacy_check.machine.interface import MissingError
from privacy_check.readers.firefox_homes import used
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Firefox


def read(wanted: Firefox, look: Look) -> Found:
    """Return a word over all profiles, and over the policies of an organisation.

    For what sites may do: `none`, `some-sites`, `all-sites` or `blocked`. For extensions: `some`
    or `none`. For choices: `on` or `off`, for downloads `automatic` or `asks`.
    """
    homes = used(look.window)
    if not homes:
        message = "no such browser has been used here"
        raise MissingError(message)
    match wanted.permission:
        case "wide-extensions":
            from privacy_check.readers import firefox_extensions

            return firefox_extensions.read(look.window, homes)
        case "sync" | "downloads":
            from privacy_check.readers import firefox_choices

            return firefox_choices.read(wanted.permission, look.window, homes)
        case permission:
            from privacy_check.readers import firefox_sites

            return firefox_sites.read(permission, look.window, homes)
