"""The wheel: what is installed finds its content, fonts and catalogues by itself."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ASK = """
from pathlib import Path
import fieldkit
from fieldkit.content import load_pack
from fieldkit.system.paths import Paths
from fieldkit.system.translations import available, words
paths = Paths.at(Path("home"))
print(Path(fieldkit.__file__).parent.parent)
print(paths.shared)
print(len(load_pack(paths.resources / "content" / "assessment").tree["dimensions"]))
print(*(language.tag for language in available(paths.translations)))
print(len(list((paths.resources / "fonts").glob("*.ttf"))))
"""


SOURCES = (
    "fieldkit",
    "packaging",
    "resources",
    "translations",
    "pyproject.toml",
    "README.md",
    "LICENSE",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build from a copy: the build writes catalogues, and other tests read them meanwhile."""
    folder = tmp_path_factory.mktemp("wheel")
    checkout = folder / "checkout"
    checkout.mkdir()
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, checkout / name)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--no-index", "--wheel-dir", folder, "."], cwd=checkout, check=True)
    return next(folder.glob("*.whl"))


def test_an_installed_wheel_finds_everything_it_needs(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    env = os.environ | {"PYTHONPATH": str(site)}
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    package, shared, dimensions, languages, fonts = done.stdout.splitlines()
    assert Path(package) == site
    assert Path(shared) == site / "fieldkit" / "_shared"
    assert dimensions == "12"
    assert languages.split()[0] == "en"
    assert "ru" in languages.split()
    assert int(fonts) >= 12


def test_the_wheel_carries_its_licence_and_nothing_of_the_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/", 1)[0] for name in names if ".dist-info" not in name} == {"fieldkit"}
    assert not [name for name in names if name.endswith((".pyc", ".db"))]
