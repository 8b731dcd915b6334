"""A home with the sample in it, and the command line called as people call it."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fieldkit.cli.main import main
from fieldkit.system.paths import Paths
from fieldkit.tools import schema
from fieldkit.tools.sample.operations import load_sample
from fieldkit.workspace.workspace import Workspace


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Said:
        capsys.readouterr()
        code = main([str(one) for one in arguments])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return call


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("sample") / "home"
    with Workspace.open(Paths.at(home), schema()) as ws:
        load_sample(ws, ws.paths.resources)
    return home


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "home"
    shutil.copytree(sample_home, copied)
    return copied


def print_of(home: Path) -> dict[str, str]:
    """Return a fingerprint of every file of a home."""
    return {
        path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def fingerprint() -> Callable[[Path], dict[str, str]]:
    return print_of


@pytest.fixture
def held() -> Callable[[Path], object]:
    """Everything a home holds but the name it writes under next: ops, what stands, files."""

    def look(home: Path) -> object:
        with Workspace.open(Paths.at(home), schema()) as ws:
            log = ws.store.records
            ops = ws.run(lambda: {row.id: log.derived(row.id) for row in log.scopes()})
            drafts = {row.id: ws.drafts(row.id) for row in ws.scopes()}
        kept = ("blobs", "backups", "inbox", "staging")
        files = {n: sha for n, sha in print_of(home).items() if n.split("/")[0] in kept}
        return ops, drafts, files

    return look
