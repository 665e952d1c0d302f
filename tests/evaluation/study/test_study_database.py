import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from small_studies import write_settings

from nurie.errors import DataError
from nurie.evaluation.study.database import AlreadySubmittedError, make_token
from nurie.evaluation.study.ratings import read_ratings
from nurie.evaluation.study.serving import open_study
from nurie.evaluation.study.settings import Question
from nurie.images import write_image


def open_database(folder, name="ratings.sqlite"):
    return open_study(folder, folder / name).database


@pytest.fixture
def database(folder):
    return open_database(folder)


@pytest.fixture
def rater(database):
    token = make_token()
    database.add_rater(token)
    return database.find_rater(token)


def good(score=3):
    return {"diversity": score, "few_artifacts": 5}


def test_a_rater_starts_with_nothing_answered(rater, database):
    assert (rater.number, rater.submitted, rater.next) == (0, False, 1)
    assert rater.total == 6 + 2 + 1
    assert database.find_rater(make_token()) is None


def test_starting_twice_starts_once(database, rater):
    database.add_rater(rater.token)
    assert database.find_rater(rater.token) == rater
    assert read_ratings(database.path).started == 1


def test_answers_are_kept_and_can_be_changed(database, rater):
    database.show(rater.number, 1)
    database.answer(rater.number, 1, good(2))
    database.answer(rater.number, 1, good(4))
    assert database.find_rater(rater.token).next == 2
    assert database.show(rater.number, 1).answers == good(4)


def test_sending_the_same_again_does_not_change_when_it_was_answered(database, rater):
    database.show(rater.number, 1)
    database.answer(rater.number, 1, good(2))
    before = read_ratings(database.path).answers
    database.answer(rater.number, 1, good(2))
    assert read_ratings(database.path).answers == before


def test_after_submitting_nothing_changes(database, rater):
    database.show(rater.number, 1)
    database.answer(rater.number, 1, good(2))
    database.submit(rater.number)
    database.submit(rater.number)
    with pytest.raises(AlreadySubmittedError):
        database.answer(rater.number, 1, good(5))
    assert database.show(rater.number, 1).answers == good(2)
    assert database.find_rater(rater.token).submitted


def test_a_page_has_the_pictures_of_its_method(database, folder, rater):
    study = open_study(folder, database.path)
    page = database.show(rater.number, 1)
    shown = [study.pictures[picture].read_bytes() for picture in page.pictures]
    originals = [folder / page.item.method / f"{page.item.sketch}-{number}.png" for number in (1, 2)]
    assert shown == [file.read_bytes() for file in originals]  # both written by the same encoder
    assert study.pictures[page.sketch].read_bytes() == (folder / "sketches" / f"{page.item.sketch}.png").read_bytes()


def test_raters_at_once_get_numbers_of_their_own(database):
    tokens = [make_token() for _ in range(20)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(database.add_rater, tokens))
    assert sorted(database.find_rater(token).number for token in tokens) == list(range(20))


def test_a_bad_score_keeps_nothing_of_the_item(database, rater):
    database.show(rater.number, 1)
    with pytest.raises(sqlite3.IntegrityError):
        database.answer(rater.number, 1, {"diversity": 3, "few_artifacts": 6})
    assert database.show(rater.number, 1).answers == {}


def test_a_study_goes_on_with_its_ids_and_its_answers(database, folder, rater):
    before = database.show(rater.number, 1)
    database.answer(rater.number, 1, good())
    again = open_database(folder)
    assert again.find_rater(rater.token).next == 2
    assert again.show(rater.number, 1).pictures == before.pictures


def test_title_and_instructions_may_change_at_any_time(rater, folder):
    write_settings(folder, title="Another", instructions="Look.")
    open_database(folder)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"questions": (Question("a", "A", "?"),)}, "questions changed"),
        ({"methods": ("brown", "gray")}, "methods changed"),
        ({"seed": 1, "repeats": 0}, "repeats, seed changed"),
    ],
)
def test_the_design_may_change_until_somebody_has_begun(database, folder, changes, named):
    write_settings(folder, **changes)
    open_database(folder).add_rater(make_token())
    write_settings(folder)
    with pytest.raises(DataError, match=f"{named} after raters had begun; put it back"):
        open_database(folder)
    open_database(folder, "another.sqlite")


def test_pictures_may_not_change_once_somebody_has_begun(rater, folder):
    write_image(folder / "gray" / "cat-1.png", np.full((48, 24, 3), 200, np.uint8))
    with pytest.raises(DataError, match="pictures changed after raters had begun"):
        open_database(folder)


def test_other_files_are_refused(folder):
    (folder / "notes.sqlite").write_text("milk, eggs " * 100)
    with pytest.raises(DataError, match=r"notes\.sqlite cannot be used as the database of a study"):
        open_database(folder, "notes.sqlite")
    with sqlite3.connect(folder / "shop.sqlite") as connection:
        connection.execute("CREATE TABLE milk (liters REAL)")
    connection.close()
    with pytest.raises(DataError, match="is no database of a study"):
        open_database(folder, "shop.sqlite")
    with pytest.raises(DataError, match="is no database of a study"):
        read_ratings(folder / "shop.sqlite")
    with pytest.raises(DataError, match="cannot be used"):
        open_database(folder, "no/such/folder.sqlite")


def test_a_database_of_another_version_is_left_alone(database, folder):
    connection = sqlite3.connect(database.path)
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    before = database.path.read_bytes()
    with pytest.raises(DataError, match="has version 2, and this nurie reads 1"):
        open_database(folder)
    assert database.path.read_bytes() == before


def test_reading_needs_nothing_but_the_file(database, rater, tmp_path):
    database.show(rater.number, 1)
    database.answer(rater.number, 1, good(4))
    shutil.copy(database.path, tmp_path / "copy.sqlite")
    ratings = read_ratings(tmp_path / "copy.sqlite")
    assert ratings.methods == ("brown", "gray", "vivid")
    assert [(a.question, a.score) for a in ratings.answers] == [("diversity", 4), ("few_artifacts", 5)]
    assert np.nansum(ratings.scores([0])) == 9


def test_reading_takes_a_folder_and_names_a_missing_file(database, folder, tmp_path):
    assert read_ratings(folder).started == 0
    with pytest.raises(DataError, match=r"ratings\.sqlite is missing; it is made by: nurie study serve"):
        read_ratings(tmp_path)


ANSWERING = """
import sys
from pathlib import Path
from nurie.evaluation.study.serving import open_study

folder = Path(sys.argv[1])
database = open_study(folder, folder / "ratings.sqlite").database
for score in range(10_000):
    position = 1 + score % 9
    database.show(0, position)
    database.answer(0, position, {"diversity": 1 + score % 5, "few_artifacts": 1 + score % 5})
    print(position, 1 + score % 5, flush=True)
"""


def test_a_killed_server_loses_the_answer_on_its_way_at_most(database, rater, folder):
    with subprocess.Popen([sys.executable, "-c", ANSWERING, folder], stdout=subprocess.PIPE, text=True) as server:
        said = [tuple(map(int, server.stdout.readline().split())) for _ in range(25)]
        server.kill()
        said += [tuple(map(int, line.split())) for line in server.stdout if line.endswith("\n")]
    kept = {}
    for answer in read_ratings(folder).answers:
        kept.setdefault(answer.position, set()).add(answer.score)
    assert all(len(scores) == 1 for scores in kept.values())  # never the half of an item
    wrong = [position for position, score in dict(said).items() if kept[position] != {score}]
    following = 1 + len(said) % 9
    assert wrong in ([], [following])
    connection = sqlite3.connect(database.path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
