"""Build hook: an editable install sees the folders of the house as one package `second_me`.

It links `.dev/second_me/<folder>` to each folder (junctions on Windows, where links need a privilege).
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PARTS = ("app", "core", "models", "storage", "resources", "__main__.py")


def _link(target: Path, link: Path) -> None:
    if link.is_symlink() or link.exists():
        return
    if os.name == "nt" and target.is_dir():
        subprocess.run(["cmd", "/c", "mklink", "/J", str(link), str(target)], check=True, capture_output=True)
    elif os.name == "nt":
        os.link(target, link)
    else:
        link.symlink_to(os.path.relpath(target, link.parent))


class DevLinks(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable":
            return
        root = Path(self.root)
        package = root / ".dev" / "second_me"
        package.mkdir(parents=True, exist_ok=True)
        for part in PARTS:
            _link(root / part, package / part)
