import dataclasses
import json

import pytest
from scored_drawings import make_person

from nurie.evaluation.acceptance import compare_painters, fid_progress, follows, judge
from nurie.evaluation.kid import KID
from nurie.evaluation.painters import paint_truth
from nurie.evaluation.protocols import PROTOCOLS, Protocol
from nurie.evaluation.report import scores_as_json, scores_as_markdown, verdicts_as_markdown
from nurie.evaluation.scores import PainterScore, make_yardstick
from nurie.evaluation.tally import Tally


def make_score(fid=50.0, **changes):
    score = PainterScore(300, fid, KID(0.01, 0.002), Tally(9, 10), Tally(85, 100), Tally(4, 5), Tally(1, 2), 15.0)
    return dataclasses.replace(score, **changes)


RANDOM, FLATTENED = make_score(70.0), make_score(40.0)


@pytest.mark.parametrize(("fid", "way"), [(70, 0), (55, 0.5), (40, 1), (25, 1.5), (100, -1)])
def test_the_way_from_random_to_flattened_truth(fid, way):
    assert fid_progress(make_score(float(fid)), RANDOM, FLATTENED) == pytest.approx(way)


@pytest.mark.parametrize(
    "scores",
    [
        (make_score(None), RANDOM, FLATTENED),
        (RANDOM, make_score(None), FLATTENED),
        (RANDOM, RANDOM, make_score(None)),
        (RANDOM, RANDOM, RANDOM),
    ],
)
def test_there_may_be_no_way(scores):
    assert fid_progress(*scores) is None


def test_reaching_each_bound_exactly_is_enough():
    verdicts = judge(make_score(70 - 0.5 * 30), RANDOM, FLATTENED)
    assert [verdict.bound for verdict in verdicts] == [0.35, 0.9, 0.85, 0.8, 15]
    assert all(verdict.reached for verdict in verdicts)


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ({"fid": 69.0}, 0),
        ({"skin": Tally(89, 100)}, 1),
        ({"eyes": Tally(84, 100)}, 2),
        ({"hair": Tally(79, 100)}, 3),
        ({"difference": 14.9}, 4),
        ({"fid": None}, 0),
        ({"eyes": Tally()}, 2),
        ({"difference": None}, 4),
    ],
)
def test_each_figure_is_judged_by_itself_and_what_is_not_measured_is_not_reached(change, number):
    verdicts = judge(make_score(**({"fid": 45.0} | change)), RANDOM, FLATTENED)
    assert [verdict.reached for verdict in verdicts] == [i != number for i in range(5)]


def test_all_painters_get_the_same_drawings_and_progress_names_them():
    drawings, told = [make_person(seed) for seed in range(2)], []
    scores = compare_painters(
        drawings,
        {"one": paint_truth, "two": paint_truth},
        make_yardstick(drawings, drawings),
        progress=lambda *at: told.append(at),
    )
    assert scores["one"] == scores["two"]
    assert told == [("one", 1, 2), ("one", 2, 2), ("two", 1, 2), ("two", 2, 2)]
    assert compare_painters(drawings, {}, make_yardstick(drawings, drawings)) == {}


def test_a_protocol_knows_its_drawings():
    protocol = Protocol(name="test", count=2, seeds=(5, 7))
    five, six = make_person(5), make_person(6)
    assert follows(protocol, [six, five])
    assert not follows(protocol, [five])
    assert not follows(protocol, [five, five])
    assert follows(PROTOCOLS["folders"], [five])


def test_scores_as_tables():
    lines = scores_as_markdown({"random": RANDOM, "none": make_score(None, kid=None, eyes=Tally())}).splitlines()
    shares = "90.0% of 10 | 85.0% of 100 | 80.0% of 5 | 50.0% of 2 | - | - | 15.0"
    assert lines[2] == f"| random | 70.0 | - | 10.0 ± 2.0 | {shares} | - | - |"
    assert lines[3].startswith("| none | - | - | - | 90.0% of 10 | - |")
    assert {line.count("|") for line in lines} == {14}


def test_verdicts_as_tables():
    lines = verdicts_as_markdown(judge(make_score(None), RANDOM, FLATTENED)).splitlines()
    assert lines[2] == "| FID, way from random to flattened truth | - | 0.35 | no |"
    assert lines[3] == "| skin painted a skin colour | 0.9 | 0.9 | yes |"


def test_scores_as_json_say_hits_chances_and_shares():
    found = json.loads(json.dumps(scores_as_json({"random": make_score(eyes=Tally())})))["random"]
    assert found["skin"] == {"hits": 9, "total": 10, "share": 0.9}
    assert found["eyes"] == {"hits": 0, "total": 0, "share": None}
    assert found["kid"] == {"mean": 0.01, "std": 0.002}
    assert found["pictures"] == 300
