import json

import pytest

from nurie.errors import OutputError
from nurie.evaluation.pretrained import PRETRAINED
from nurie.evaluation.protocols import PROTOCOLS, describe_run, make_folder, write_result
from nurie.evaluation.resizing import RESIZE_RULES


@pytest.mark.parametrize("name", PROTOCOLS)
def test_protocols_carry_their_name_and_a_known_resize_rule(name):
    assert PROTOCOLS[name].name == name
    assert PROTOCOLS[name].resize in RESIZE_RULES


def test_a_run_names_protocol_seed_weights_and_versions():
    run = json.loads(json.dumps(describe_run(PROTOCOLS["acceptance"], seed=7, networks=("inception",))))
    assert run["protocol"]["seeds"] == [900000, 900300]
    assert run["protocol"]["count"] == 300
    assert run["seed"] == 7
    entry = PRETRAINED["inception"]
    assert run["weights"] == {entry.file: entry.sha256}
    assert {"nurie", "numpy", "torch", "python"} <= set(run["versions"])


def test_a_result_is_written_whole_with_its_folder(tmp_path):
    path = tmp_path / "new" / "scores.json"
    write_result(path, {"fid": 1.5, "kid": None})
    assert json.loads(path.read_text()) == {"fid": 1.5, "kid": None}
    assert [file.name for file in path.parent.iterdir()] == ["scores.json"]


def test_a_number_that_is_not_finite_is_not_json(tmp_path):
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_result(tmp_path / "scores.json", {"fid": float("nan")})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_an_error_in_words(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot make the folder"):
        make_folder(tmp_path / "file" / "folder")
