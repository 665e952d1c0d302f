import html
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from small_studies import METHODS, SKETCHES, Client, serving, told, write_settings

from nurie.evaluation.study import database as databases
from nurie.evaluation.study.ratings import read_ratings

TOTAL = 9


def rate_all(client, diversity="3", artifacts="4"):
    """Rate from where the client is to the end, choosing what is told; gives the last page."""
    status, path, text = client.get("/rate")
    while path != "/finish":
        number = told(text)
        status, path, text = client.post(path, diversity=number or diversity, few_artifacts=number or artifacts)
        assert status == 200
    return text


def pictures_of(text):
    return re.findall(r'href="(/picture/[^"]+)"', text)


def test_from_the_first_page_to_thanks(client, folder):
    assert client.start()[1] == "/rate/1"
    assert "go back" in rate_all(client)
    assert "Thank you" in client.post("/finish")[2]
    ratings = read_ratings(folder)
    assert len(ratings.answers) == 2 * TOTAL
    assert all(answer.finished for answer in ratings.answers)


def test_a_page_shows_the_sketch_and_its_pictures(client):
    _, _, text = client.start()
    pictures = pictures_of(text)
    assert len(pictures) == 3
    for picture in pictures:
        response, content = client.send("GET", picture)
        assert response.headers["content-type"] == "image/png"
        assert content.startswith(b"\x89PNG")


def test_nothing_tells_which_method_it_is(client):
    status, path, text = client.start()
    while path != "/finish":
        for picture in pictures_of(text):
            response, content = client.send("GET", picture)
            text += str(response.headers) + content.decode("latin-1")
            assert "last-modified" not in response.headers
            assert "etag" not in response.headers
        assert not [name for name in (*METHODS, *SKETCHES) if re.search(rf"\b{name}\b", text + path)]
        status, path, text = client.post(path, diversity="1", few_artifacts="1")
    assert status == 200


def test_a_rater_goes_on_where_they_stopped(client, address):
    client.start()
    client.post("/rate/1", diversity="2", few_artifacts="5")
    later = Client(address)
    later.cookie = client.cookie
    _, _, text = later.get("/")
    assert "Go on with 2 of 9" in text
    assert later.get("/rate")[1] == "/rate/2"
    link = re.search(r"/resume/[\w-]+", text)[0]
    elsewhere = Client(address)
    assert elsewhere.get(link)[1] == "/rate/2"
    assert elsewhere.get("/rate/1")[2].count(" checked") == 2


def test_answers_can_be_changed_until_they_are_submitted(client, folder):
    client.start()
    rate_all(client)
    assert client.post("/rate/9", diversity="1", few_artifacts="1")[1] == "/finish"
    assert [answer.score for answer in read_ratings(folder).answers if answer.position == 9] == [1, 1]
    client.post("/finish")
    assert "Thank you" in client.post("/finish")[2]
    assert "Thank you" in client.post("/rate/9", diversity="5", few_artifacts="5")[2]
    assert "Thank you" in client.get("/rate/3")[2]
    assert "Thank you" in client.get("/")[2]
    assert [answer.score for answer in read_ratings(folder).answers if answer.position == 9] == [1, 1]


def test_nobody_jumps_ahead(client):
    client.start()
    assert client.get("/rate/5")[1] == "/rate/1"
    assert client.post("/rate/5", diversity="1", few_artifacts="1")[1] == "/rate/1"
    assert client.get("/finish")[1] == "/rate/1"
    assert client.post("/finish")[1] == "/rate/1"
    assert client.get("/rate/0")[1] == "/rate/1"
    assert client.get("/rate/99999999999999999999")[1] == "/rate/1"


@pytest.mark.parametrize("form", [{}, {"diversity": "3"}, {"diversity": "3", "few_artifacts": "6"}])
def test_half_an_answer_is_asked_for_again_and_keeps_what_was_chosen(client, folder, form):
    client.start()
    status, path, text = client.post("/rate/1", **form)
    assert (status, path) == (422, "/rate/1")
    assert 'role="alert">Please choose a number' in text
    assert text.count(" checked") == ("diversity" in form)
    assert read_ratings(folder).answers == ()


def cookie_of(address):
    """The name of the study's cookie, up to its value."""
    client = Client(address)
    client.start()
    return client.cookie.split("=")[0] + "="


def test_without_a_cookie_there_is_the_first_page(client, address):
    for path in ("/rate", "/rate/1", "/finish"):
        assert client.get(path)[1] == "/"
        client.cookie = client.cookie or cookie_of(address) + "x" * 22
    assert client.post("/rate/1", diversity="3", few_artifacts="3")[1] == "/"


def test_two_studies_on_one_machine_have_cookies_of_their_own(client, address, folder):
    client.start()
    with serving(folder, database=folder / "other.sqlite") as other:
        assert cookie_of(other) != cookie_of(address)


def test_who_answered_everything_has_finished_even_without_submitting(client, folder):
    client.start()
    client.post("/rate/1", diversity="2", few_artifacts="5")
    assert not read_ratings(folder).answers[0].finished
    rate_all(client)
    assert all(answer.finished for answer in read_ratings(folder).answers)


def test_starting_twice_with_one_page_is_one_rater(client, folder):
    token = re.search(r'value="([\w-]{22})"', client.get("/")[2])[1]
    assert client.post("/start", token=token)[1] == client.post("/start", token=token)[1] == "/rate/1"
    assert read_ratings(folder).started == 1


def test_somebody_else_can_start_on_the_same_device(client, folder):
    client.start()
    first = client.cookie
    client.start()
    assert client.cookie != first
    assert read_ratings(folder).started == 2


@pytest.mark.parametrize(
    "path", ["/picture/cat-1.png", "/picture/..%2f..%2fstudy.toml", "/static/../app.py", "/gray/cat-1.png"]
)
def test_there_is_nothing_else_to_see(client, path):
    response, content = client.send("GET", path)
    assert response.status == 404
    assert b"methods" not in content


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/start", "token=short", 400),
        ("POST", "/start", "token=" + "x" * 20_000, 413),
        ("POST", "/start", b"\xff\xfe\x00", 400),
        ("GET", "/start", None, 405),
        ("GET", "/resume/xxxxxxxxxxxxxxxxxxxxxx", None, 404),
        ("GET", "/nowhere", None, 404),
    ],
)
def test_other_requests_get_an_answer_in_words(client, method, path, body, status):
    response, content = client.send(method, path, body)
    assert response.status == status
    assert b"To the first page" in content


def test_every_response_keeps_to_itself(client):
    text = client.start()[2]
    for path in ("/", "/rate", "/rate/1", "/static/study.css", "/nowhere", pictures_of(text)[0]):
        response, _ = client.send("GET", path)
        assert response.headers["content-security-policy"].startswith("default-src 'none'")
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "server" not in response.headers
    response, _ = client.send("GET", "/rate/1")
    assert response.headers["cache-control"] == "no-store"


def test_the_cookie_is_for_the_server_alone(client):
    token = re.search(r'value="([\w-]{22})"', client.get("/")[2])[1]
    response, _ = client.send("POST", "/start", f"token={token}")
    assert re.search("HttpOnly.*SameSite=lax", response.headers["set-cookie"])


def test_no_file_of_the_page_names_another_host(client):
    parts = [client.start()[2], *(client.get(f"/static/{name}")[2] for name in ("study.css", "study.js", "icon.svg"))]
    addresses = re.findall(r"https?://[^\s\"']+", "".join(parts))
    assert set(addresses) <= {"http://www.w3.org/2000/svg"}


def test_texts_are_shown_as_they_are(folder):
    write_settings(folder, title='<script>alert("1")</script> & more')
    with serving(folder) as address:
        text = Client(address).get("/")[2]
    assert "<script>" not in text
    assert 'alert("1")</script> & more' in html.unescape(text)


def test_a_set_that_checks_attention_says_what_to_choose(client):
    status, path, text = client.start()
    seen = []
    while path != "/finish":
        seen += [told(text)] if told(text) else []
        status, path, text = client.post(path, diversity="1", few_artifacts="1")
    assert status == 200
    assert len(seen) == 1
    assert seen[0] in "1245"


def test_raters_at_once_do_not_mix(client, address, folder):
    clients = [Client(address) for _ in range(8)]

    def rate(number):
        clients[number].start()
        rate_all(clients[number], diversity=str(number % 5 + 1))
        clients[number].post("/finish")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(rate, range(8)))
    ratings = read_ratings(folder)
    assert len(ratings.answers) == 8 * 2 * TOTAL
    for rater in ratings.raters:
        scores = ratings.scores([rater])[..., 0]
        assert scores.min() == scores.max()


def test_answers_outlive_the_server(folder):
    with serving(folder) as address:
        client = Client(address)
        client.start()
        client.post("/rate/1", diversity="2", few_artifacts="5")
    port = int(address.rstrip("/").rsplit(":", 1)[1])
    with serving(folder, port):
        assert client.get("/rate")[1] == "/rate/2"
        assert client.get("/rate/1")[2].count(" checked") == 2


def test_a_database_that_is_busy_too_long_is_said_and_nothing_is_lost(client, folder, monkeypatch):
    client.start()
    monkeypatch.setattr(databases, "PATIENCE", 0.05)
    other = sqlite3.connect(folder / "ratings.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    status, _, text = client.post("/rate/1", diversity="3", few_artifacts="3")
    assert status == 503
    assert "Please go back and send it once more" in text
    other.execute("ROLLBACK")
    other.close()
    assert client.post("/rate/1", diversity="3", few_artifacts="3")[1] == "/rate/2"


def test_static_files_are_all_there():
    folder = Path(databases.__file__).parent
    assert {file.name for file in (folder / "static").iterdir()} == {"study.css", "study.js", "icon.svg"}
