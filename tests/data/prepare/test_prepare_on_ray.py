import subprocess
import sys
from pathlib import Path

import pytest
from heaps import digests, write_heap

from nurie.data.prepare import PrepareConfig, prepare
from nurie.errors import InputError
from nurie.machines.cluster import RayCluster

SCRIPT = Path(__file__).parent.parent / "cluster_of_two.py"


@pytest.fixture(scope="module")
def heap(tmp_path_factory):
    heap = write_heap(tmp_path_factory.mktemp("heap"), 200)
    (heap / "broken.png").write_bytes(b"no picture")
    return heap


@pytest.fixture(scope="module")
def local(heap, tmp_path_factory):
    out = tmp_path_factory.mktemp("local") / "out"
    prepare(PrepareConfig(sources=(str(heap),), side=64, regions="trapped_ball", shard_size=20, val=0.1), out)
    return digests(out)


@pytest.mark.slow
@pytest.mark.parametrize("words", [(), ("kill",)], ids=["whole", "one machine killed"])
def test_a_cluster_writes_what_one_computer_writes(heap, local, tmp_path, words):
    pytest.importorskip("ray.data", reason="needs pip install nurie[cluster]")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(heap), str(tmp_path / "out"), *words],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    if "timed out during startup" in done.stderr:
        pytest.skip("Ray gave up before its two machines had started: this computer is too busy")
    assert done.returncode == 0, done.stderr
    assert "kept 200" in done.stdout
    if words:
        assert "killed with" in done.stdout
        assert int(done.stdout.split("killed with ")[1].split()[0]) < len(
            [name for name in local if name.endswith("tar")]
        )
    assert digests(tmp_path / "out") == local


def test_a_cluster_that_does_not_answer_is_one_sentence():
    pytest.importorskip("ray.data", reason="needs pip install nurie[cluster]")
    with pytest.raises(InputError, match=r"no Ray cluster answers at 127.0.0.1:1 \(.*refused.*\); start one"):
        list(RayCluster("127.0.0.1:1").map(len, [1], print))
