import numpy as np
import onnx
import pytest
import torch

from nurie.cli import main
from nurie.errors import InputError
from nurie.export import export_boundary, export_simplify
from nurie.export.half import fold_norms
from nurie.model.simplify import SimplifyNet
from nurie.sketch.simplify import find_ink
from nurie.training.checkpoint import save_checkpoint


@pytest.fixture
def checkpoint(tmp_path):
    torch.manual_seed(0)
    net = SimplifyNet((4, 6, 8, 10))
    for _ in range(3):  # so that the norms have something to do
        net(torch.rand(2, 1, 32, 32))
    state = {"images_seen": 1, "stage": "simplify", "config": {}, "model": {"channels": list(net.channels)}}
    return net.eval(), save_checkpoint(tmp_path, state, {"simplify": net}, {"simplify": net}, {})


def test_folding_norms_keeps_the_results():
    net = SimplifyNet((4, 6, 8, 10))
    for _ in range(3):
        net(torch.rand(2, 1, 32, 32))
    sketch = torch.rand(1, 1, 32, 48)
    expected = net.eval()(sketch)
    fold_norms(net)
    assert not any(isinstance(part, torch.nn.BatchNorm2d) for part in net.modules())
    torch.testing.assert_close(net(sketch), expected, atol=1e-4, rtol=1e-4)


def test_a_simplify_checkpoint_becomes_a_graph_that_cleans(checkpoint, tmp_path, capsys):
    net, path = checkpoint
    assert main(["export", str(path), "-o", str(tmp_path / "out")]) == 0
    assert "simplify.onnx" in capsys.readouterr().out
    sketch = np.random.default_rng(0).integers(0, 256, (40, 70), np.uint8)
    found = find_ink(sketch, tmp_path / "out" / "simplify.onnx")
    padded = np.pad(sketch, ((0, 8), (0, 10)), constant_values=255)
    with torch.no_grad():
        logits = net(torch.from_numpy(1 - padded[None, None].astype(np.float32) / 255))
    assert np.abs(found - logits.sigmoid()[0, 0, :40, :70].numpy()).max() < 5e-3  # of weights in half precision


def test_weights_are_stored_in_half_precision(checkpoint, tmp_path):
    export_simplify(checkpoint[1], tmp_path / "graph.onnx")
    kinds = {w.data_type for w in onnx.load(tmp_path / "graph.onnx").graph.initializer if len(w.dims) == 4}
    assert kinds == {onnx.TensorProto.FLOAT16}


def test_a_checkpoint_of_another_stage_is_refused(checkpoint, tmp_path):
    with pytest.raises(InputError, match="simplify stage; give a checkpoint of the boundary stage"):
        export_boundary(checkpoint[1], tmp_path / "graph.onnx")
