"""Wheel: let the compiled catalogues and the resources travel inside the installed package."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHARED = ("resources", "translations")


class SharedFolders(BuildHookInterface[Any]):
    """Put what lies beside the package in a checkout under fieldkit/_shared in a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues and include the shared folders; an editable install uses the checkout."""
        if version == "editable":
            return
        root = Path(self.root)
        subprocess.run(
            [sys.executable, "packaging/catalogues.py", "compile"],
            cwd=root,
            env=os.environ | {"PYTHONPATH": self.root},
            check=True,
        )
        build_data["force_include"] = {
            str(root / name): f"fieldkit/_shared/{name}" for name in SHARED
        }
