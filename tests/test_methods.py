import pytest

from nurie.errors import InputError
from nurie.methods import choose_method


def shout(text, *, loud=True):
    return text.upper() if loud else text


def test_a_method_is_found_by_its_name():
    assert choose_method({"shout": shout}, "shout", ["loud"], what="voice") is shout


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("sing", [], "unknown voice 'sing'; choose from shout"),
        ("shout", ["low"], "shout has no option 'low'; its options are loud"),
        ("shout", ["text"], "shout has no option 'text'"),
    ],
)
def test_what_is_not_there_is_said(name, options, words):
    with pytest.raises(InputError, match=words):
        choose_method({"shout": shout}, name, options, what="voice")
