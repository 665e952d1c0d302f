import pytest

from icon_collections import write_collection


@pytest.fixture(scope="session")
def icon_folder(tmp_path_factory):
    return write_collection(tmp_path_factory.mktemp("icons"))


@pytest.fixture(autouse=True)
def _icons(icon_folder, monkeypatch):
    monkeypatch.setenv("NURIE_ICONS", str(icon_folder))
