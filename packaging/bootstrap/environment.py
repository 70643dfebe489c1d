"""The environment in `.venv`: made once, then recognised by a stamp without a look at the network."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bootstrap import pythons, say, system
from bootstrap.progress import Watched

MODULES = (
    "apscheduler.schedulers.background",
    "apsw",
    "babel",
    "cryptography.hazmat.primitives.ciphers.aead",
    "dateparser",
    "filelock",
    "fsrs",
    "gguf",
    "httpx",
    "llama_cpp",
    "markdown_it",
    "numpy",
    "phonenumbers",
    "platformdirs",
    "psutil",
    "PySide6.QtCore",
    "rapidfuzz",
    "rustworkx",
    "selectolax.lexbor",
    "snowballstemmer",
    "sqlite_vec",
    "second_me.app",
)
"""Imported at every start: a torn environment is mended here, the person never meets its traceback."""

LLAMA = "llama-cpp-python"

# llama.cpp's OpenMP barriers spin: on a busy machine they cost twelve times the speed (docs/decisions.md).
CMAKE_ARGS = "-DGGML_OPENMP=OFF"


class Environment:
    """The folder `.venv` of a checkout."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.folder = root / ".venv"
        self.log = self.folder / "install.log"
        self._stamp = self.folder / "second-me.json"
        self._project: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))

    def command(self, name: str) -> Path:
        """The path of a command in the environment."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin") / (name + ".exe" * (os.name == "nt"))

    def wanted(self, dev: bool) -> dict[str, str]:
        """The stamp of an environment that fits the project as it is now."""
        project = self._project["project"]
        base = [project["dependencies"], project["scripts"], self._project["build-system"], CMAKE_ARGS]
        stamp = {"root": str(self._root), "base": _digest(base)}
        if dev:
            stamp["dev"] = _digest(project["optional-dependencies"]["dev"])
        return stamp

    def stands(self, dev: bool) -> bool:
        """Whether nothing is to be done: the stamp fits, and what it promises can be imported."""
        found = self._found()
        fits = all(found.get(key) == value for key, value in self.wanted(dev).items())
        return fits and self._imports() == ""

    def make(self, dev: bool) -> None:
        """Make the environment, or mend it. Raises Fault."""
        if self.stands(dev):
            return
        whole = self._has_pip() and self._found().get("root", str(self._root)) == str(self._root)
        self._stamp.unlink(missing_ok=True)
        if not whole:
            self._create()
        self._install_llama()
        what = ".[dev]" if dev else "."
        self._pip("installing Second Me's libraries", "install", "--editable", what)
        trouble = self._imports()
        if trouble:
            raise say.Fault(
                f"The environment does not stand: {trouble}",
                f"Delete the folder {self.folder} and start again; if it happens twice, tell us.",
            )
        self._stamp.write_text(json.dumps(self.wanted(dev), indent=1) + "\n", encoding="utf-8")

    def _found(self) -> dict[str, str]:
        try:
            found = json.loads(self._stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.command("python")), *arguments]
        return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)

    def _imports(self) -> str:
        """Empty when all modules can be imported, else the last line of the trouble."""
        try:
            run = self._python("-c", "import " + ", ".join(MODULES))
        except OSError as error:
            return str(error)
        if run.returncode == 0:
            return ""
        return (run.stderr.strip() or f"exit code {run.returncode}").splitlines()[-1]

    def _has_pip(self) -> bool:
        try:
            return self._python("-m", "pip", "--version").returncode == 0
        except OSError:
            return False

    def _create(self) -> None:
        base = pythons.find()
        if base is None:
            system.obtain([system.python_need(lambda: pythons.find() is not None)])
            base = pythons.find()
        say.tell(f"Making the environment in {self.folder} with {base}")
        if self.folder.exists():
            shutil.rmtree(self.folder)
        run = subprocess.run([str(base), "-m", "venv", str(self.folder)], capture_output=True, text=True)
        if run.returncode:
            raise say.Fault(
                f"Python could not make the environment: {(run.stdout + run.stderr).strip()}",
                "Mend that (on Debian and Ubuntu: apt-get install python3-venv), then start again.",
            )

    def _install_llama(self) -> None:
        requirement = next(r for r in self._project["project"]["dependencies"] if r.startswith(LLAMA))
        if not self._satisfied(requirement):
            system.obtain(system.building())
            self._build(requirement)
        if not self._has_openmp():
            return
        # pip's cache of wheels is keyed by the version alone and may hold one that was built otherwise.
        say.tell("llama.cpp came with OpenMP, which is slow beside other work; it is built again without.")
        system.obtain(system.building())
        self._build(requirement, "--no-cache-dir", "--force-reinstall", "--no-deps", "--no-binary", LLAMA)
        if self._has_openmp():
            raise say.Fault(
                "llama.cpp still has OpenMP in it after a build without.",
                "Look whether CMAKE_ARGS is set on this machine, unset it, and start again.",
            )

    def _satisfied(self, requirement: str) -> bool:
        dry = ["--dry-run", "--no-index", "--no-deps", "--only-binary", ":all:"]
        return self._python("-m", "pip", "install", *dry, requirement).returncode == 0 and self._loads_llama()

    def _loads_llama(self) -> bool:
        return self._python("-c", "import llama_cpp").returncode == 0

    def _has_openmp(self) -> bool:
        code = "import llama_cpp; print(llama_cpp.llama_print_system_info().decode())"
        return "OPENMP" in self._python("-c", code).stdout

    def _build(self, requirement: str, *options: str) -> None:
        env = {"CMAKE_ARGS": " ".join(filter(None, (os.environ.get("CMAKE_ARGS"), CMAKE_ARGS)))}
        usual = " (about 12 min on two cores, once)"
        self._pip("building llama.cpp", "install", "--verbose", *options, requirement, usual=usual, env=env)

    def _pip(self, what: str, *arguments: str, usual: str = "", env: dict[str, str] | None = None) -> None:
        quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
        watched = Watched(what, self.log, usual)
        command = [str(self.command("python")), "-m", "pip", *arguments]
        if watched.run(command, env={**os.environ, **quiet, **(env or {})}, cwd=self._root):
            raise say.Fault(
                f"It did not work out: {what}. The last words were:\n{watched.tail()}",
                f"The whole output is in {self.log}. The usual reasons are the network and a full disk; "
                "start again when that is mended, what is done is kept.",
            )


def _digest(value: Sequence[Any]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def second_me(environment: Environment, arguments: Sequence[str]) -> int:
    """Run the command `second-me` with stdin and stdout handed through; returns its exit code."""
    command = [str(environment.command("second-me")), *arguments]
    if os.name != "nt":
        sys.stdout.flush()
        os.execv(command[0], command)
    return subprocess.run(command).returncode
