"""Whose certificates count: the person's own list where one is named, else the system's.

Only lists are read here; no connection is opened.
"""

from __future__ import annotations

import contextlib
import os
import ssl
from collections.abc import Iterator, Mapping

import certifi

from privacy_check.plaintext import plain

VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
"""Where a person or an organisation names a list of its own; the first that is set counts."""


class TrustError(Exception):
    """The list of certificates cannot be read; says which, and what to do."""


def context(environ: Mapping[str, str]) -> ssl.SSLContext:
    """Return how connections are encrypted and checked: names and dates count, always.

    It is not made with `ssl.create_default_context`, which would write the keys of each connection
    to a file where `SSLKEYLOGFILE` is set.

    Raises:
        TrustError: When the list of certificates cannot be read.
    """
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    named = next((name for name in VARIABLES if environ.get(name)), "")
    system = ssl.get_default_verify_paths().cafile
    if named:
        _load(made, environ[named], f"{named} names {plain(environ[named])}, which")
    elif system:
        _load(made, system, f"The system's list of certificates, {system},")
    else:
        made.load_verify_locations(cadata=certifi.contents())
    return made


def _load(made: ssl.SSLContext, path: str, what: str) -> None:
    try:
        if os.path.isdir(path):
            made.load_verify_locations(capath=path)
        else:
            made.load_verify_locations(cafile=path)
    except (OSError, ValueError):  # which an ssl.SSLError is too
        message = f"{what} cannot be read as a list of certificates. Nothing was asked."
        raise TrustError(message) from None


@contextlib.contextmanager
def left_packed() -> Iterator[None]:
    """Keep certifi's list where it is while `requests` is imported.

    `requests` asks for the list's path as it is imported. Inside the one-file program there is
    none, so certifi would unpack the list into a temporary file, which would stay: the program
    ends without running exit handlers. We read the list from memory, above, and need no path.
    """
    if os.path.isfile(os.path.join(os.path.dirname(certifi.__file__), "cacert.pem")):
        yield
        return
    where = certifi.where
    vars(certifi)["where"] = str
    try:
        yield
    finally:
        vars(certifi)["where"] = where
