"""Colours a folder on a real Ray cluster of two machines (raylets of this computer), of which one is killed in between.

python color_on_a_cluster.py OUT ARGUMENT...    (those of `nurie color` but for -o and --ray)
"""

import sys
import threading
import time
from pathlib import Path

import ray
from ray.cluster_utils import Cluster

from nurie.cli import main

MEMORY = 100 * 2**20  # bytes of each machine's object store


def kill_in_the_middle(cluster, machine, out):
    while len(list(out.glob("*.png"))) < 2:
        time.sleep(0.01)
    cluster.remove_node(machine, allow_graceful=False)
    sys.stdout.write(f"killed with {len(list(out.glob('*.png')))} pictures written\n")


def color(out, *arguments):
    head = {"num_cpus": 1, "include_dashboard": False, "object_store_memory": MEMORY}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    second = cluster.add_node(num_cpus=1, object_store_memory=MEMORY)
    killer = threading.Thread(target=kill_in_the_middle, args=(cluster, second, Path(out)))
    killer.start()
    code = main(["color", *arguments, "-o", out, "--ray", cluster.address])
    killer.join()
    sys.stdout.write(f"code {code}\n")
    # What is there is left alone, as on one computer; what was taken away is done again.
    taken = min(Path(out).glob("*.png"))
    taken.unlink()
    code = main(["color", *arguments, "-o", out, "--ray", cluster.address, "--resume"])
    sys.stdout.write(f"code {code}\n")
    ray.shutdown()
    cluster.shutdown()


if __name__ == "__main__":
    color(*sys.argv[1:])
