"""Why a connection did not come about, in words for a person. Nothing here opens one."""

from __future__ import annotations

import datetime as dt
import errno
import re
import socket
import ssl
from collections.abc import Iterator

from privacy_check.online.interface import NoAnswerError
from privacy_check.plaintext import plain

_MOST = 40
"""So many errors inside an error are looked at."""

_OWN_LIST = "If that is meant to be so, name its certificate: REQUESTS_CA_BUNDLE=FILE."
_BETWEEN = "A sign-in page or a filter of this network may stand between."
_EXPIRED, _NOT_YET = 10, 9
_UNKNOWN_ISSUER = (2, 18, 19, 20, 21)
_OTHER_NAME = (62, 64)
"""OpenSSL's numbers for what is wrong with a certificate (x509_vfy.h)."""

_NO_WAY = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)
_NOT_ENCRYPTED = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "PACKET_LENGTH")


def explained(error: BaseException, host: str, today: dt.date, *, proxy: str) -> NoAnswerError:
    """Return why asking a host came to nothing.

    `proxy` is where the connection goes through, and is named only where it was the proxy that
    gave none: its error is then part of the error.
    """
    causes = list(_causes(error))
    if proxy and any(type(cause).__name__ == "ProxyError" for cause in causes):
        return _of_proxy(causes, host, proxy, today)
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return NoAnswerError(_of_certificate(cause, host, today), of_host=True)
    for cause in causes:
        if found := _of_network(cause, host):
            return found
    if proxy:
        reason = f"{host} could not be asked through the proxy that the environment names."
        return NoAnswerError(reason, of_host=True)
    return NoAnswerError(f"{host} could not be asked.", of_host=True)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and all that led to it: `requests` and `urllib3` wrap one in another."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST:
        one = waiting.pop(0)
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]


def _of_certificate(error: ssl.SSLCertVerificationError, host: str, today: dt.date) -> str:
    code = error.verify_code
    if code == _EXPIRED:
        return (
            f"{host}: its certificate ran out, or this computer's date is wrong: it says {today}. "
            "If so, set the date and ask again."
        )
    if code == _NOT_YET:
        return (
            f"{host}: its certificate counts from a later day on, or this computer's date is "
            f"wrong: it says {today}. If so, set the date and ask again."
        )
    if code in _UNKNOWN_ISSUER:
        return (
            f"{host}: nobody whom this computer knows vouches for the certificate that came. "
            f"{_BETWEEN} {_OWN_LIST}"
        )
    if code in _OTHER_NAME:
        return f"{host}: the certificate that came is for another name. {_BETWEEN}"
    why = plain(str(error.verify_message))[:80]
    return f"{host}: the certificate that came does not count ({why}). {_BETWEEN}"


def _of_network(cause: BaseException, host: str) -> NoAnswerError | None:
    if isinstance(cause, socket.gaierror):
        return _of_name(cause, host)
    if isinstance(cause, ssl.SSLError):
        return _of_encryption(cause, host)
    if type(cause).__name__ == "IncompleteRead":
        reason = f"The connection to {host} broke off before the answer was whole."
        return NoAnswerError(reason, may_pass=True)
    if type(cause).__name__ in _ODD:
        return NoAnswerError(f"{host} answered in a way that is not HTTP.", of_host=True)
    reason = _of_connection(cause).format(host=host)
    return NoAnswerError(reason, may_pass=True, of_host=True) if reason else None


_ODD = ("BadStatusLine", "LineTooLong", "UnknownProtocol", "HTTPException", "InvalidHeader")


def _of_connection(cause: BaseException) -> str:
    """Return what may pass, empty where it is something else."""
    if isinstance(cause, TimeoutError):
        return "{host} did not answer in time."
    if isinstance(cause, ConnectionRefusedError):
        return "{host} refused the connection. A filter of this network may be why."
    if isinstance(cause, OSError) and cause.errno in _NO_WAY:
        return "There is no way to {host} from here: this computer seems to be offline."
    if isinstance(cause, ConnectionError) or type(cause).__name__ == "RemoteDisconnected":
        return "{host} ended the connection without an answer."
    return ""


def _of_name(cause: socket.gaierror, host: str) -> NoAnswerError:
    name = host.replace("the proxy ", "of the proxy ")
    if cause.errno == socket.EAI_AGAIN:
        reason = f"The name {name} could not be looked up: this computer seems to be offline."
        return NoAnswerError(reason, may_pass=True, of_host=True)
    reason = (
        f"The name {name} was not found: this computer is offline, or a filter of this network "
        "hides it."
    )
    return NoAnswerError(reason, of_host=True)


def _of_encryption(cause: ssl.SSLError, host: str) -> NoAnswerError:
    why = plain(str(getattr(cause, "reason", None) or ""))[:60]
    if any(word in why for word in _NOT_ENCRYPTED):
        reason = f"{host} did not answer over an encrypted connection. {_BETWEEN}"
        return NoAnswerError(reason, of_host=True)
    if isinstance(cause, ssl.SSLEOFError) or "EOF" in why:
        reason = f"{host} ended the connection before it was encrypted. {_BETWEEN}"
        return NoAnswerError(reason, may_pass=True, of_host=True)
    reason = f"No encrypted connection to {host} came about" + (f" ({why})." if why else ".")
    return NoAnswerError(reason, of_host=True)


def _of_proxy(causes: list[BaseException], host: str, proxy: str, today: dt.date) -> NoAnswerError:
    text = " ".join(str(cause) for cause in causes if isinstance(cause, OSError))
    status = re.search(r"Tunnel connection [a-z]+: ([0-9]{3})", text)
    if status and status[1] == "407":
        why = f"The proxy {proxy} wants a name and a password. {host} was not asked."
        return NoAnswerError(why, of_host=True)
    if status:
        why = f"The proxy {proxy} does not lead to {host} (it answered {status[1]})."
        return NoAnswerError(why, may_pass=status[1] in ("502", "503", "504"), of_host=True)
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = _of_certificate(cause, f"The proxy {proxy}", today)
            return NoAnswerError(f"{why} {host} was not asked.", of_host=True)
    found = next(filter(None, (_of_network(cause, f"the proxy {proxy}") for cause in causes)), None)
    detail = str(found) if found else f"The proxy {proxy} could not be used."
    may_pass = bool(found and found.may_pass)
    reason = f"{detail[:1].upper()}{detail[1:]} {host} was not asked."
    return NoAnswerError(reason, may_pass=may_pass, of_host=True)
