"""Host manifests: what is written for whom, that doing it twice changes nothing, and that what is not ours stays."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from second_me.app.browser.extension import Ids, read_ids
from second_me.app.browser.manifests import HOST, Manifests
from second_me.app.browser.places import BROWSERS, Browser, Desktop
from second_me.app.main import main

IDS = Ids(("a" * 32, "b" * 32), ("extension@second-me.local",))
CHROMIUM, FIREFOX = BROWSERS[0], BROWSERS[-1]
LINUX = {
    "chromium": ".config/chromium/NativeMessagingHosts",
    "chrome": ".config/google-chrome/NativeMessagingHosts",
    "edge": ".config/microsoft-edge/NativeMessagingHosts",
    "brave": ".config/BraveSoftware/Brave-Browser/NativeMessagingHosts",
    "vivaldi": ".config/vivaldi/NativeMessagingHosts",
    "firefox": ".mozilla/native-messaging-hosts",
}
MAC = {
    "chromium": "Chromium/NativeMessagingHosts",
    "chrome": "Google/Chrome/NativeMessagingHosts",
    "edge": "Microsoft Edge/NativeMessagingHosts",
    "brave": "BraveSoftware/Brave-Browser/NativeMessagingHosts",
    "vivaldi": "Vivaldi/NativeMessagingHosts",
    "firefox": "Mozilla/NativeMessagingHosts",
}


class Registered:
    """A registry in memory, for what is written on Windows."""

    def __init__(self) -> None:
        self.kept: dict[str, Path] = {}

    def get(self, browser: Browser) -> Path | None:
        return self.kept.get(browser.windows)

    def set(self, browser: Browser, manifest: Path) -> None:
        self.kept[browser.windows] = manifest

    def remove(self, browser: Browser) -> None:
        del self.kept[browser.windows]


def desktop(tmp_path: Path, platform: str = "linux", **environment: str) -> Desktop:
    return Desktop(platform, tmp_path / "user", {"PATH": str(tmp_path / "bin"), **environment})


def manifests(tmp_path: Path, platform: str = "linux", home: str = "home", **environment: str) -> Manifests:
    return Manifests(tmp_path / home, desktop(tmp_path, platform, **environment), IDS)


def program(tmp_path: Path, name: str, text: str = "#!/bin/sh\n") -> Path:
    """A command that can be found."""
    path = tmp_path / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        str(each.relative_to(folder)): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


@pytest.mark.parametrize("browser", BROWSERS, ids=lambda browser: browser.name)
@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_each_browser_has_its_manifest_where_it_looks(
    tmp_path: Path, browser: Browser, platform: str
) -> None:
    standing = manifests(tmp_path, platform).install(browser)
    places = LINUX if platform == "linux" else {k: f"Library/Application Support/{v}" for k, v in MAC.items()}
    assert standing.path == tmp_path / "user" / places[browser.name] / f"{HOST}.json"
    manifest = json.loads(standing.path.read_text("utf-8"))
    assert manifest.pop("path") == str(tmp_path / "home" / "browser" / "host")
    assert (manifest["name"], manifest["type"]) == (HOST, "stdio")
    if browser.firefox:
        assert manifest["allowed_extensions"] == ["extension@second-me.local"]
    else:
        assert manifest["allowed_origins"] == [f"chrome-extension://{each}/" for each in IDS.chromium]
    assert "*" not in standing.path.read_text("utf-8")
    assert standing.state == "installed"


def test_settings_may_lie_elsewhere(tmp_path: Path) -> None:
    standing = manifests(tmp_path, XDG_CONFIG_HOME=str(tmp_path / "config")).install(CHROMIUM)
    assert standing.path == tmp_path / "config/chromium/NativeMessagingHosts" / f"{HOST}.json"


def test_windows_is_told_by_its_registry(tmp_path: Path) -> None:
    registry = Registered()
    made = Manifests(tmp_path / "50% home", desktop(tmp_path, "win32"), IDS, registry)
    assert made.standing(CHROMIUM).state == "absent"
    standing = made.install(CHROMIUM)
    assert standing.state == "installed"
    assert registry.kept == {"Chromium": tmp_path / "50% home" / "browser" / "chromium.json"}
    text = made.starter.read_text("utf-8")
    assert made.starter.name == "host.bat"
    assert "50%% home" in text
    assert text.rstrip().endswith("second_me.app.browser.relay %*")
    assert made.remove(CHROMIUM).state == "absent"
    assert registry.kept == {}
    assert not made.starter.parent.exists()


def test_installing_twice_changes_nothing(tmp_path: Path) -> None:
    made = manifests(tmp_path)
    for browser in BROWSERS:
        made.install(browser)
    before = files_below(tmp_path)
    for browser in BROWSERS:
        assert made.install(browser).state == "installed"
    assert files_below(tmp_path) == before


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_starter_is_the_persons_alone_and_carries_its_home(tmp_path: Path) -> None:
    home = "a 'home' with $HOME; and \"signs\""
    made = manifests(tmp_path, home=home)
    made.install(CHROMIUM)
    assert stat.S_IMODE(made.starter.stat().st_mode) == 0o700
    assert stat.S_IMODE(made.starter.parent.stat().st_mode) == 0o700
    script = made.starter.read_text("utf-8").replace("exec ", "printenv SECOND_ME_HOME; : ")
    told = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout == f"{tmp_path / home}\n"


def test_removing_takes_what_is_ours_and_the_starter_with_the_last(tmp_path: Path) -> None:
    made = manifests(tmp_path)
    made.install(CHROMIUM)
    made.install(FIREFOX)
    other = made.standing(CHROMIUM).path.with_name("org.other.json")
    other.write_text("{}")
    assert made.remove(CHROMIUM).state == "absent"
    assert made.starter.exists()
    assert made.standing(FIREFOX).state == "installed"
    assert made.remove(FIREFOX).state == "absent"
    assert files_below(tmp_path) == {str(other.relative_to(tmp_path)): b"{}"}
    assert made.remove(FIREFOX).state == "absent"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "{}", '{"name": "me.second.host", "path": 5}', '{"name": "me.second.host", "path": "/x"}',
     '{"name": "other", "path": "/a/browser/host"}'],
)  # fmt: skip
def test_what_is_somebody_elses_stays(tmp_path: Path, text: str) -> None:
    made = manifests(tmp_path)
    path = made.standing(CHROMIUM).path
    path.parent.mkdir(parents=True)
    path.write_text(text)
    assert made.install(CHROMIUM).state == "foreign"
    assert made.remove(CHROMIUM).state == "foreign"
    assert path.read_text() == text
    assert made.install(CHROMIUM, replace=True).state == "installed"
    assert made.remove(CHROMIUM).state == "absent"


def test_another_home_is_told_apart(tmp_path: Path) -> None:
    first, second = manifests(tmp_path), manifests(tmp_path, home="second")
    first.install(CHROMIUM)
    assert second.install(CHROMIUM).state == "other_home"
    assert second.remove(CHROMIUM).state == "other_home"
    assert first.standing(CHROMIUM).state == "installed"
    assert second.install(CHROMIUM, replace=True).state == "installed"
    assert first.standing(CHROMIUM).state == "other_home"


def test_an_older_manifest_or_starter_is_set_right(tmp_path: Path) -> None:
    made = manifests(tmp_path)
    made.install(CHROMIUM)
    older = Manifests(tmp_path / "home", desktop(tmp_path), Ids(("c" * 32,), ()))
    assert older.standing(CHROMIUM).state == "outdated"
    made.starter.write_text("#!/bin/sh\nexec python-of-yesterday\n")
    assert made.standing(CHROMIUM).state == "outdated"
    assert made.install(CHROMIUM).state == "installed"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_in_the_place_is_replaced_and_not_followed(tmp_path: Path) -> None:
    made = manifests(tmp_path)
    path, target = made.standing(CHROMIUM).path, tmp_path / "target"
    path.parent.mkdir(parents=True)
    target.write_text("kept")
    path.symlink_to(target)
    assert made.install(CHROMIUM).state == "foreign"
    assert made.install(CHROMIUM, replace=True).state == "installed"
    assert target.read_text() == "kept"


@pytest.mark.skipif(os.name == "nt", reason="Linux's ways of packing")
def test_browsers_in_a_box_are_told_apart(tmp_path: Path) -> None:
    here = desktop(tmp_path)
    assert [(here.present(each), here.sandbox(each)) for each in BROWSERS] == [(False, "")] * 6
    program(tmp_path, "chromium")
    program(tmp_path, "firefox", '#!/bin/sh\nexec /snap/bin/firefox "$@"\n')
    snap = tmp_path / "snap" / "bin"
    snap.mkdir(parents=True)
    (snap / "vivaldi").write_text("")
    (snap / "vivaldi").chmod(0o755)
    (tmp_path / "bin" / "vivaldi").symlink_to(snap / "vivaldi")
    (tmp_path / "user/.local/share/flatpak/app/com.brave.Browser").mkdir(parents=True)
    (tmp_path / "user/.config/microsoft-edge/Default").mkdir(parents=True)
    (tmp_path / "user/.config/google-chrome/NativeMessagingHosts").mkdir(parents=True)
    assert {each.name: (here.present(each), here.sandbox(each)) for each in BROWSERS} == {
        "chromium": (True, ""),
        "chrome": (False, ""),
        "edge": (True, ""),
        "brave": (True, "flatpak"),
        "vivaldi": (True, "snap"),
        "firefox": (True, "snap"),
    }


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "5", '{"chromium": 5, "firefox": [""]}', '{"chromium": null}']
)
def test_ids_that_cannot_be_read_are_none(tmp_path: Path, text: str) -> None:
    assert read_ids(tmp_path) == Ids()
    (tmp_path / "ids.json").write_text(text)
    assert read_ids(tmp_path) == Ids()


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home with a Chromium, a Firefox from a snap, and nothing else."""
    for name in ("XDG_CONFIG_HOME",):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    program(tmp_path, "chromium")
    program(tmp_path, "firefox", '#!/bin/sh\nexec /snap/bin/firefox "$@"\n')
    return tmp_path / "user"


def listed(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {line["browser"]: line for line in lines}


linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="as it is found on Linux")


@linux_only
def test_the_command_sets_up_what_it_finds(user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["browser", "status", "--json"]) == 0
    assert {each["state"] for each in listed(capsys).values()} == {"absent"}
    assert files_below(user) == {}
    assert main(["browser", "install", "--json"]) == 1
    found = listed(capsys)
    assert [name for name, each in found.items() if each["state"] == "installed"] == ["chromium"]
    assert found["firefox"]["sandbox"] == "snap"
    assert list(files_below(user)) == [f".config/chromium/NativeMessagingHosts/{HOST}.json"]
    assert main(["browser", "remove", "--json"]) == 0
    assert {each["state"] for each in listed(capsys).values()} == {"absent"}
    assert files_below(user) == {}


@linux_only
def test_the_command_speaks_to_people(user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["browser", "install"]) == 1
    told = capsys.readouterr()
    assert "Chromium: set up." in told.out
    assert "Snap" in told.out
    assert "extension" in told.err
    path = user / f".config/chromium/NativeMessagingHosts/{HOST}.json"
    path.write_text("{}")
    assert main(["browser", "install"]) == 2
    assert f"not ours lies in the way and was left alone: {path}" in capsys.readouterr().out
    assert main(["browser", "install", "--replace", "--browser", "chromium"]) == 0
    assert main(["browser", "install", "--browser", "vivaldi"]) == 0
    assert main(["browser", "status", "--browser", "edge"]) == 0
    assert "Microsoft Edge: not set up." in capsys.readouterr().out


@linux_only
def test_a_computer_without_browsers_is_told(
    user: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for each in (tmp_path / "bin").iterdir():
        each.unlink()
    assert main(["browser", "install"]) == 2
    assert "No browser was found" in capsys.readouterr().err


@linux_only
def test_a_folder_that_cannot_be_written_is_told(user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (user / ".config").mkdir(parents=True)
    (user / ".config" / "chromium").write_text("a file where a folder should be")
    assert main(["browser", "install", "--browser", "chromium"]) == 2
    assert "cannot be used" in capsys.readouterr().err
