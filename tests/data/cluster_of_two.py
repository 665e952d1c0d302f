"""Prepares a heap on a real Ray cluster of two machines (raylets of this computer); one may be killed in the middle.

python cluster_of_two.py HEAP OUT [kill]
"""

import sys
import threading
import time
from pathlib import Path

import ray
from ray.cluster_utils import Cluster

from nurie.data.prepare import PrepareConfig, prepare
from nurie.machines.cluster import RayCluster

MEMORY = 100 * 2**20  # bytes of each machine's object store


def config(heap):
    return PrepareConfig(sources=(str(heap),), side=64, regions="trapped_ball", shard_size=20, val=0.1)


def kill_in_the_middle(cluster, machine, out):
    while len(list(out.glob("*.tar"))) < 2:
        time.sleep(0.01)
    cluster.remove_node(machine, allow_graceful=False)
    sys.stdout.write(f"killed with {len(list(out.glob('*.tar')))} shards written\n")


def main(heap, out, *words):
    head = {"num_cpus": 1, "include_dashboard": False, "object_store_memory": MEMORY}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    second = cluster.add_node(num_cpus=1, object_store_memory=MEMORY)
    killer = threading.Thread(target=kill_in_the_middle, args=(cluster, second, Path(out)))
    if "kill" in words:
        killer.start()
    outcome = prepare(config(heap), out, RayCluster(cluster.address))
    if "kill" in words:
        killer.join()
    sys.stdout.write(f"kept {outcome.kept}\n")
    ray.shutdown()
    cluster.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
