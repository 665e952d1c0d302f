import pytest
from small_studies import Client, make_folder, serving, write_settings


@pytest.fixture
def folder(tmp_path):
    """DIR with three methods, two sketches and two pictures of each."""
    folder = make_folder(tmp_path / "study")
    write_settings(folder)
    return folder


@pytest.fixture
def address(folder):
    with serving(folder) as address:
        yield address


@pytest.fixture
def client(address):
    return Client(address)
