"""Studies of a few small pictures, a server in a thread, and a browser without a screen."""

import contextlib
import http.client
import re
import threading
import time
from urllib.parse import urlencode

import numpy as np

from nurie.evaluation.study.serving import address_of, build_server, open_socket, open_study
from nurie.evaluation.study.settings import StudySettings, default_settings, settings_as_toml
from nurie.images import encode_image

METHODS = ("brown", "gray", "vivid")
SKETCHES = ("cat", "dog")


def make_folder(folder, *, methods=METHODS, sketches=SKETCHES, pictures=2):
    """Pictures that differ in every file, so that each can be told by what it shows."""
    shade = 0
    for name in ("sketches", *methods):
        (folder / name).mkdir(parents=True)
        for sketch in sketches:
            numbers = [""] if name == "sketches" else [f"-{number}" for number in range(1, pictures + 1)]
            for number in numbers:
                shade += 1
                picture = encode_image(np.full((48, 24, 3), shade, np.uint8))
                (folder / name / f"{sketch}{number}.png").write_bytes(picture)
    return folder


def write_settings(folder, **changes):
    settings = default_settings(METHODS, sketches=len(SKETCHES), pictures=2)
    settings = StudySettings(**(vars(settings) | changes))
    (folder / "study.toml").write_text(settings_as_toml(settings))
    return settings


class Client:
    """A browser without a screen: keeps the cookie and follows where it is sent."""

    def __init__(self, address):
        self.host = address.removeprefix("http://").rstrip("/")
        self.cookie = ""

    def send(self, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection(self.host, timeout=20)
        with contextlib.closing(connection):
            all_headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie} | dict(headers)
            connection.request(method, path, body, all_headers)
            response = connection.getresponse()
            content = response.read()
        if cookie := response.headers.get("set-cookie"):
            self.cookie = cookie.split(";")[0]
        return response, content

    def get(self, path):
        """The last page of a chain of redirects: its status, its path and its text."""
        return self._follow(*self.send("GET", path), path)

    def post(self, path, **form):
        return self._follow(*self.send("POST", path, urlencode(form)), path)

    def start(self):
        return self.post("/start", token=re.search('name="token" value="(.+?)"', self.get("/")[2])[1])

    def _follow(self, response, content, path):
        while response.status == 303:
            path = response.headers["location"]
            response, content = self.send("GET", path)
        return response.status, path, content.decode()


@contextlib.contextmanager
def serving(folder, port=0, database=None):
    """Serve DIR from a thread; gives the address."""
    study = open_study(folder, database or folder / "ratings.sqlite")
    with open_socket("127.0.0.1", port) as listener:
        server = build_server(study)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield address_of(listener)
        finally:
            server.should_exit = True
            thread.join(10)


def told(text):
    """The number that a page tells to choose, if it does."""
    match = re.search(r"Please choose (\d) here", text)
    return match and match[1]
