"""Train in a child process, and start it again from its last good checkpoint when it dies (`--restarts N`).

A child, as no process can survive all that may happen to it: a worker killed, a driver's crash, no memory left. Never
imports torch. Several processes are started again by torchrun (`--max-restarts N`), which sets the same count.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from types import FrameType

RESTART_COUNT = "TORCHELASTIC_RESTART_COUNT"
"""Where torchrun, and `keep_going`, say how often the run has been started again."""

DIVERGED = 4
"""Exit code (`nurie.cli.EXIT_CODES`)."""

FINAL = (0, 2, 130)
"""Exit codes after which there is nothing to start again: done, a mistake of the user's, interrupted."""


def restart_count() -> int:
    """How often this process has been started again."""
    return int(os.environ.get(RESTART_COUNT, "0"))


def keep_going(command: Sequence[str], restarts: int, say: Callable[[str], None]) -> int:
    """Run a command until it ends with one of `FINAL`, at most `restarts` times again, and return its exit code.

    After it diverged it also gets `--set reshuffle=R`: the same batches would only diverge again.
    """
    diverged = 0
    for count in range(restarts + 1):
        reshuffle = ["--set", f"reshuffle={diverged}"] if diverged else []
        code = _run([*command, *reshuffle], os.environ | {RESTART_COUNT: str(count)})
        if code in FINAL or count == restarts:
            break
        diverged += code == DIVERGED
        say(f"training stopped ({_explain(code)}); restart {count + 1} of {restarts} from the last good checkpoint")
    return code if code >= 0 else 128 - code


def _run(command: Sequence[str], environment: dict[str, str]) -> int:
    """Run a command and hand signals on to it."""
    child = subprocess.Popen(command, env=environment)

    def hand_on(number: int, frame: FrameType | None) -> None:
        child.send_signal(number)

    old = {number: signal.signal(number, hand_on) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        return child.wait()
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)


def _explain(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def child_command(argv: Sequence[str]) -> list[str]:
    """`nurie` with the same arguments but `--restarts`, by this Python."""
    words, kept = iter(argv), []
    for word in words:
        if word == "--restarts":
            next(words, None)
        elif not word.startswith("--restarts="):
            kept.append(word)
    return [sys.executable, "-m", "nurie", *kept]
