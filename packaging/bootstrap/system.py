"""What the machine itself must have: looked for, and on Debian and Ubuntu installed."""

from __future__ import annotations

import ctypes
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bootstrap import say
from bootstrap.progress import Watched

OS_RELEASE = Path("/etc/os-release")
VSWHERE = Path("C:/Program Files (x86)/Microsoft Visual Studio/Installer/vswhere.exe")

COMPILER = {
    "Darwin": "the Xcode command line tools (xcode-select --install)",
    "Windows": "the Visual Studio Build Tools with C++",
}

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""What Qt's wheel loads from the system on Linux, and Debian's package of it."""

LIBRARIES = {
    "node-react": "/usr/share/nodejs/react/umd/react.development.js",
    "node-react-dom": "/usr/share/nodejs/react-dom/umd/react-dom.development.js",
    "libjs-vue": "/usr/share/javascript/vue/vue.js",
}
"""Debian's packages of what pages are made with, and the file of each that a page can load."""


@dataclass(frozen=True)
class Need:
    """One thing that the machine must have: its name for people, Debian's packages, and whether it is here.

    `elsewhere` says what to install where there is no apt-get; empty: the name says it.
    """

    what: str
    packages: tuple[str, ...]
    here: Callable[[], bool]
    elsewhere: str = ""


def python_need(here: Callable[[], bool]) -> Need:
    """A whole Python that is new enough."""
    name = "Python 3.11 or newer, with its venv module"
    return Need(name, (_python_package(),), here, "Python 3.11, 3.12, 3.13 or 3.14")


def _python_package() -> str:
    """The release's own Python where that is new enough, else the one that Ubuntu 22.04 has beside it."""
    if shutil.which("apt-cache") is None:
        return "python3-venv"
    shown = subprocess.run(["apt-cache", "show", "python3-venv"], capture_output=True, text=True).stdout
    version = re.search(r"^Version: 3\.(\d+)", shown, re.MULTILINE)
    return "python3.11-venv" if version and int(version[1]) < 11 else "python3-venv"


def building() -> list[Need]:
    """What the build of llama.cpp needs."""
    return [
        Need("a C and C++ compiler", ("build-essential",), compiles, COMPILER.get(platform.system(), "")),
        Need("cmake", ("cmake",), lambda: shutil.which("cmake") is not None),
    ]


def qt() -> list[Need]:
    """The libraries that a window needs on Linux."""
    if platform.system() != "Linux":
        return []
    return [Need(name, (package,), _loads(name)) for name, package in QT_LIBRARIES.items()]


def testing() -> list[Need]:
    """What the tests need on Linux: a screen of their own, a window manager, a session bus, fonts."""
    if platform.system() != "Linux":
        return []
    return [
        _command("Xvfb", "xvfb"),
        _command("openbox", "openbox"),
        _command("dbus-run-session", "dbus"),
        Need("at-spi2-core", ("at-spi2-core",), _accessibility),
        Need("a font", ("fonts-dejavu-core", "fontconfig"), _fonts),
        *browsers(),
    ]


def browsers(os_release: Path = OS_RELEASE) -> list[Need]:
    """What the tests of the extension need, where it is a package: Debian. Elsewhere they are skipped, unless it is
    there (Ubuntu has Chromium as a snap alone, which can start no native host of ours)."""
    if "debian" not in _ids(os_release, "ID="):
        return []
    return [
        _command("chromium", "chromium"),
        Need("React and Vue", tuple(LIBRARIES), lambda: all(map(os.path.exists, LIBRARIES.values()))),
    ]


def compiles() -> bool:
    """Whether C++ with its standard library compiles here."""
    if platform.system() == "Windows":
        return VSWHERE.exists() or shutil.which("cl") is not None
    if platform.system() == "Darwin":
        # Without the tools, macOS has a `cc` that only opens an installer.
        return subprocess.run(["xcode-select", "-p"], capture_output=True).returncode == 0
    compilers = [shutil.which(name) for name in _compilers("CXX", "c++", "g++", "clang++")]
    c = any(shutil.which(name) for name in _compilers("CC", "cc", "gcc", "clang"))
    return c and any(_has_standard_library(path) for path in compilers if path)


def _compilers(variable: str, *usual: str) -> list[str]:
    chosen = shlex.split(os.environ.get(variable, ""))
    return chosen[-1:] or list(usual)


def _has_standard_library(compiler: str) -> bool:
    arguments = [compiler, "-x", "c++", "-fsyntax-only", "-"]
    return subprocess.run(arguments, input=b"#include <vector>\n", capture_output=True).returncode == 0


def _command(name: str, package: str) -> Need:
    return Need(name, (package,), lambda: shutil.which(name) is not None)


def _loads(soname: str) -> Callable[[], bool]:
    def here() -> bool:
        try:
            ctypes.CDLL(soname)
        except OSError:
            return False
        return True

    return here


def _accessibility() -> bool:
    folders = ("/usr/libexec", "/usr/lib/at-spi2-core", "/usr/lib/at-spi2")
    return any((Path(folder) / "at-spi-bus-launcher").exists() for folder in folders)


def _fonts() -> bool:
    listed = shutil.which("fc-list")
    return bool(listed) and bool(subprocess.run([str(listed)], capture_output=True).stdout.strip())


def is_debian(os_release: Path = OS_RELEASE) -> bool:
    """Debian, Ubuntu, or one that says it is like them."""
    if shutil.which("apt-get") is None:
        return False
    return bool({"debian", "ubuntu"} & _ids(os_release, "ID=", "ID_LIKE="))


def _ids(os_release: Path, *keys: str) -> set[str]:
    """What a system calls itself; nothing where it does not say."""
    if not os_release.exists():
        return set()
    lines = os_release.read_text(encoding="utf-8").splitlines()
    names = [line.split("=", 1)[1].strip('"') for line in lines if line.startswith(keys)]
    return set(" ".join(names).split())


def is_root() -> bool:
    """Whether we may install without asking."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def obtain(needs: Sequence[Need]) -> None:
    """See that every need is met: install on Debian and Ubuntu, else say what to install.

    Raises Fault (exit code 2) when the person has to act first.
    """
    missing = [need for need in needs if not need.here()]
    if not missing:
        return
    names = ", ".join(need.what for need in missing)
    if not is_debian():
        raise say.Fault(f"Missing on this machine: {names}.", advice(missing), say.MISSING)
    packages = sorted({package for need in missing for package in need.packages})
    _agree(names, packages)
    _apt(packages)
    absent = [need.what for need in missing if not need.here()]
    if absent:
        raise say.Fault(
            f"Still missing after the installation: {', '.join(absent)}.",
            "Install it by hand, then start again.",
            say.MISSING,
        )


def _agree(names: str, packages: Sequence[str]) -> None:
    if is_root():
        say.tell(f"Missing on this machine: {names}. Installing it with apt-get.")
        return
    command = "sudo apt-get install -y --no-install-recommends " + " ".join(packages)
    what = f"Missing on this machine: {names}."
    by_hand = say.Fault(what, f"Install it, then start again:\n  {command}", say.MISSING)
    if shutil.which("sudo") is None or not say.can_ask():
        raise by_hand
    if not say.ask(f"{what} Install it now?\n  {command}\n"):
        raise by_hand


def _apt(packages: Sequence[str]) -> None:
    quiet = ["DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q"]
    prefix = ["env"] if is_root() else ["sudo", "env"]
    if not is_root():
        subprocess.run(["sudo", "-v"], check=False)  # asks for the password now, not under a progress line
    log = Path(os.devnull)
    # A stale or partly unreachable list is no reason to stop: the installation itself decides.
    Watched("reading the list of packages", log).run([*prefix, *quiet, "update"])
    install = Watched("installing " + ", ".join(packages), log)
    if install.run([*prefix, *quiet, "install", "--no-install-recommends", *packages]):
        raise say.Fault(
            "apt-get could not install what is missing. Its last words:\n" + install.tail(),
            "Mend that, or install by hand, then start again: " + " ".join(packages),
            say.MISSING,
        )


def advice(missing: Sequence[Need]) -> str:
    """What to install where there is no apt-get."""
    things = ", ".join(need.elsewhere or need.what for need in missing)
    text = f"Install {things}, then start again."
    if platform.system() == "Linux":
        packages = sorted({package for need in missing for package in need.packages})
        return f"{text} Debian calls the packages {' '.join(packages)}."
    return f"{text} (Second Me is untested on this system so far.)"


def has_screen() -> bool:
    """Whether a window could open: Linux says so in its environment, elsewhere there is a screen."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
