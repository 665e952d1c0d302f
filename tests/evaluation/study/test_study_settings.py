import pytest

from nurie.errors import DataError
from nurie.evaluation.study.settings import (
    DIVERSITY,
    FEW_ARTIFACTS,
    Question,
    StudySettings,
    default_settings,
    read_settings,
    settings_as_toml,
)


@pytest.mark.parametrize(
    "settings",
    [
        StudySettings(methods=("a", "b")),
        StudySettings(
            methods=('with "quotes"', "塗り絵"),
            title="Löwe\\Tiger\t🎨",
            instructions='one\n\ntwo """ and \'three\'',
            questions=(Question("liking", "Liking", "Do you\nlike it?", "no", "yes"),),
            sketches_per_rater=4,
            repeats=0,
            instructed=3,
            seed=7,
        ),
    ],
)
def test_what_is_written_is_read(tmp_path, settings):
    (tmp_path / "study.toml").write_text(settings_as_toml(settings), encoding="utf-8")
    assert read_settings(tmp_path) == settings


def test_defaults_are_ten_minutes_at_most_and_ask_what_can_be_seen():
    few = default_settings(("a", "b", "c"), sketches=5, pictures=4)
    assert (few.sketches_per_rater, few.questions) == (0, (DIVERSITY, FEW_ARTIFACTS))
    many = default_settings(tuple("abcdef"), sketches=60, pictures=1)
    assert (many.sketches_per_rater, many.questions) == (6, (FEW_ARTIFACTS,))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("methods = [", "cannot be read"),
        ("", "methods must be a list of folders"),
        ('methods = "a"', "methods must be a list of folders"),
        ('methods = ["a", "a"]', "each once"),
        ('methods = ["a"]\nquestion = 1', "'question' is no setting; there are title"),
        ('methods = ["a"]\nrepeats = -1', "repeats must be at least 0, got -1"),
        ('methods = ["a"]\nrepeats = true', "repeats must be a whole number, got True"),
        ('methods = ["a"]\ntitle = 3', "title must be a text, got 3"),
        ('methods = ["a"]\nquestions = []', "questions must be tables"),
        ('methods = ["a"]\n[[questions]]\nname = "a"\ntitle = "A"', "a question has no text"),
        ('methods = ["a"]\n[[questions]]\nname = "A b"\ntitle = "A"\ntext = "?"', "'A b' cannot name a question"),
        ('methods = ["a"]\n[[questions]]\nname = "mos"\ntitle = "A"\ntext = "?"', "'mos' cannot name a question"),
        (
            'methods = ["a"]\n' + 2 * '[[questions]]\nname = "a"\ntitle = "A"\ntext = "?"\n',
            "two questions have one name",
        ),
        ('methods = ["a"]\n[[questions]]\nname = "a"\ntitle = "A"\ntext = "?"\nmax = "7"', "'max' is no setting"),
    ],
)
def test_mistakes_are_named(tmp_path, text, message):
    (tmp_path / "study.toml").write_text(text)
    with pytest.raises(DataError, match=r"study\.toml") as error:
        read_settings(tmp_path)
    assert message in str(error.value)


def test_a_missing_file_says_how_to_write_it(tmp_path):
    with pytest.raises(DataError, match="write one by: nurie study new"):
        read_settings(tmp_path)
