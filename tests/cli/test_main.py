import os
import subprocess
import sys
import time
import types

import pytest

import nurie
from nurie.cli import COMMANDS, main
from nurie.errors import InputError


def nurie_process(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "nurie", *arguments], capture_output=True, check=False, timeout=60, **options
    )


@pytest.fixture
def command(monkeypatch):
    """Put a command of our own in place of `nurie demo`."""

    def install(run):
        module = types.ModuleType("nurie.cli.demo")
        module.add_arguments = lambda parser: parser.add_argument("--times", type=int, default=1)
        module.run = run
        monkeypatch.setitem(sys.modules, "nurie.cli.demo", module)

    return install


def fail(error):
    def run(_):
        raise error

    return run


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    for name, entry in COMMANDS.items():
        assert f"  {name}" in text
        assert entry.help in text


def test_help_is_quick():
    nurie_process("--help")
    start = time.perf_counter()
    done = nurie_process("--help")
    assert done.returncode == 0
    # Half a second on a free machine; the bound leaves room for a busy one.
    assert time.perf_counter() - start < 2


def test_version(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"nurie {nurie.__version__}\n"


@pytest.mark.parametrize("argv", [[], ["paint"], ["--loud"], ["demo", "--tims", "3"]])
def test_wrong_usage_ends_with_2(argv, command, capsys):
    command(lambda args: 0)
    with pytest.raises(SystemExit) as stop:
        main(argv)
    assert stop.value.code == 2
    assert "usage: nurie" in capsys.readouterr().err


def test_the_command_gets_its_options_and_gives_the_exit_code(command):
    command(lambda args: args.times)
    assert main(["demo", "--times", "7"]) == 7


def test_a_mistake_of_the_user_is_one_line(command, capsys):
    command(fail(InputError("a.png is\nno picture; give one")))
    assert main(["demo"]) == 2
    assert capsys.readouterr().err == "nurie: error: a.png is no picture; give one\n"


def test_debug_shows_the_traceback(command, capsys):
    command(fail(InputError("no")))
    assert main(["demo", "--debug"]) == 2
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert err.endswith("nurie: error: no\n")


def test_a_bug_keeps_its_traceback(command):
    command(fail(ZeroDivisionError("bug")))
    with pytest.raises(ZeroDivisionError):
        main(["demo"])


def test_interrupt_ends_with_130(command):
    command(fail(KeyboardInterrupt()))
    assert main(["demo"]) == 130


@pytest.mark.parametrize(("package", "extra"), [("torch", "train"), ("skia.core", "corpus")])
def test_a_missing_package_names_its_extra(command, capsys, package, extra):
    command(fail(ModuleNotFoundError(f"No module named {package!r}", name=package)))
    assert main(["demo"]) == 2
    assert f"pip install 'nurie[{extra}]'" in capsys.readouterr().err


def test_a_package_of_no_extra_is_a_bug(command):
    command(fail(ModuleNotFoundError("No module named 'zzz'", name="zzz")))
    with pytest.raises(ModuleNotFoundError):
        main(["demo"])


@pytest.mark.skipif(os.name != "posix", reason="pipes end differently elsewhere")
def test_a_broken_pipe_is_silent():
    code = (
        "import sys, types, nurie.cli\n"
        "demo = types.ModuleType('nurie.cli.demo')\n"
        "demo.add_arguments = lambda parser: None\n"
        "demo.run = lambda args: print('x' * 10**6) or 0\n"
        "sys.modules['nurie.cli.demo'] = demo\n"
        "sys.exit(nurie.cli.main(['demo']))\n"
    )
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, "-c", code], stdout=write, stderr=subprocess.PIPE, check=False, timeout=60
        )
    finally:
        os.close(write)
    assert done.returncode == 141
    assert done.stderr == b""
