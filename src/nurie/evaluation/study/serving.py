"""The server of a study."""

import errno
import socket
from ipaddress import ip_address
from pathlib import Path

import uvicorn

from nurie.errors import InputError
from nurie.evaluation.study.app import Study
from nurie.evaluation.study.database import StudyDatabase
from nurie.evaluation.study.display import Progress, show_pictures
from nurie.evaluation.study.pictures import find_pictures
from nurie.evaluation.study.settings import read_settings

UNREACHABLE = "192.0.2.1"  # for documentation (RFC 5737): nothing is sent there


def open_study(folder: Path, database: Path, progress: Progress = lambda done, total: None) -> Study:
    """Read DIR, make the copies to show, and open the database.

    Raises:
        NurieError: something about them is not as it must be.
    """
    settings = read_settings(folder)
    shown = show_pictures(folder, find_pictures(folder, settings.methods), progress)
    ratings = StudyDatabase(database, settings, shown)
    return Study(settings, ratings, ratings.picture_files(shown))


def open_socket(host: str, port: int) -> socket.socket:
    """Take a port; 0 is any that is free.

    Raises:
        InputError: it is taken, or the host is no address of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{host} is no address of this machine: {error}") from None
    try:
        # A server that was killed leaves its port behind for a minute; this takes it all the same.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()  # whoever is told the address may come before the server runs, and waits
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise InputError(f"port {port} is taken; choose another --port, or 0 for any") from None
        raise InputError(f"cannot listen on {host}, port {port}: {error.strerror}") from None
    return listener


def address_of(listener: socket.socket) -> str:
    """Give the address to tell raters; for a server that listens everywhere, this machine's own in its network."""
    host, port = listener.getsockname()[:2]
    if ip_address(host).is_unspecified:
        host = _own_address()
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def build_server(study: Study) -> uvicorn.Server:
    """Give the server, to be run with a socket. It keeps no log of who asks for what."""
    config = uvicorn.Config(
        study.app(),
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=5,  # seconds for answers on their way when it is ended
    )
    return uvicorn.Server(config)


def _own_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((UNREACHABLE, 9))
        except OSError:
            return socket.gethostname()
        host: str = probe.getsockname()[0]
        return host
