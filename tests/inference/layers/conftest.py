import pytest
from painting_programs import run


@pytest.fixture(scope="session")
def krita(tmp_path_factory):
    """Export a file by Krita, which keeps what it builds at its first start."""
    home = str(tmp_path_factory.mktemp("home"))

    def export(source, target):
        screen = ("xvfb-run", "-a", "--wait=10")
        run(*screen, "krita", "--export", "--export-filename", target, source, HOME=home, XDG_RUNTIME_DIR=home)

    return export
