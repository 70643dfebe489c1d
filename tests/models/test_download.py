"""Fetching from a hub that is like real ones: lost connections, changed files, wrong bytes, refusals."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import filelock
import pytest

from second_me.core.ports import EnvironmentFault
from second_me.models.disk import disk_fault, need_room
from second_me.models.download import bytes_arrived, download, drop_part
from second_me.models.pace import Cancelled, Control, Pace, Step
from tests.models.hub import Hub, running

CONTENT = bytes(range(256)) * 8192
AT_ONCE = (0.0,) * 4


@pytest.fixture
def hub() -> Iterator[Hub]:
    with running(Hub(CONTENT)) as made:
        yield made


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def fetch(hub: Hub, folder: Path, control: Control | None = None, sha256: str = "") -> list[Step]:
    """The steps of a download that must succeed."""
    steps: list[Step] = []
    target = folder / "m.gguf"
    assert download(hub.url, target, sha256 or hub.sha256, steps.append, control, AT_ONCE) == target
    assert target.read_bytes() == hub.content
    assert [file.name for file in folder.iterdir() if file.name not in ("m.gguf", ".m.gguf.lock")] == []
    return steps


def fails(hub: Hub, folder: Path, sha256: str = "", code: str = "") -> EnvironmentFault:
    """The fault of a download that must not succeed; nothing has the target's name then."""
    with pytest.raises(EnvironmentFault) as fault:
        download(hub.url, folder / "m.gguf", sha256 or hub.sha256, lambda _step: None, None, AT_ONCE)
    assert not (folder / "m.gguf").exists()
    assert fault.value.code == code
    assert fault.value.what.endswith(".") and fault.value.action.endswith(".")
    return fault.value


def test_what_is_there_is_not_fetched_again(hub: Hub, tmp_path: Path) -> None:
    steps = fetch(hub, tmp_path)
    assert {step.phase for step in steps} == {"fetching", "checking"}
    assert [step.done for step in steps if step.phase == "fetching"][-1] == len(CONTENT)
    assert {step.total for step in steps} == {len(CONTENT)}
    assert fetch(hub, tmp_path) == []
    assert hub.asked == [None]


def test_a_lost_connection_goes_on_where_it_was(hub: Hub, tmp_path: Path) -> None:
    hub.cut_after = [700_000, 300_000]
    steps = fetch(hub, tmp_path)
    assert hub.asked == [None, "bytes=700000-", "bytes=1000000-"]
    done = [step.done for step in steps if step.phase == "fetching"]
    assert done == sorted(done)


def test_a_server_that_only_ever_cuts_is_given_up_and_resumed_later(hub: Hub, tmp_path: Path) -> None:
    hub.cut_after = [500_000] + [0] * 5
    assert "connection was lost" in fails(hub, tmp_path, code="unreachable").what
    assert len(hub.asked) == 5
    assert bytes_arrived(tmp_path / "m.gguf") == 500_000
    fetch(hub, tmp_path)
    assert hub.asked[-1] == "bytes=500000-"


def test_a_server_without_ranges_begins_anew(hub: Hub, tmp_path: Path) -> None:
    hub.ranges, hub.cut_after = False, [900_000]
    fetch(hub, tmp_path)
    assert hub.asked == [None, "bytes=900000-"]


def test_a_file_that_changes_between_two_parts(hub: Hub, tmp_path: Path) -> None:
    hub.cut_after = [900_000] + [0] * 5
    fails(hub, tmp_path, code="unreachable")
    hub.content, hub.etag, hub.cut_after = CONTENT[::-1], '"two"', []
    fetch(hub, tmp_path)
    assert hub.asked[-1] == "bytes=900000-"


@pytest.mark.parametrize("etag", [None, 'W/"weak"', '"one"'])
def test_a_file_that_changes_unsaid_is_fetched_once_more(hub: Hub, tmp_path: Path, etag: str | None) -> None:
    hub.etag, hub.honest_tag, hub.cut_after = etag, False, [900_000] + [0] * 5
    fails(hub, tmp_path, code="unreachable")
    hub.content, hub.cut_after = CONTENT[::-1], []
    fetch(hub, tmp_path)
    assert hub.asked[-2:] == ["bytes=900000-", None]


def test_a_server_that_ignores_if_range_is_caught_by_its_tag(hub: Hub, tmp_path: Path) -> None:
    hub.honest_tag, hub.cut_after = False, [900_000] + [0] * 5
    fails(hub, tmp_path, code="unreachable")
    hub.content, hub.etag, hub.cut_after = CONTENT[::-1], '"two"', []
    fetch(hub, tmp_path)
    assert hub.asked[-2:] == ["bytes=900000-", None]


def test_a_file_that_became_shorter(hub: Hub, tmp_path: Path) -> None:
    hub.cut_after = [900_000] + [0] * 5
    fails(hub, tmp_path, code="unreachable")
    hub.content, hub.honest_tag, hub.cut_after = CONTENT[:1000], False, []
    fetch(hub, tmp_path)
    assert hub.asked[-2:] == ["bytes=900000-", None]


def test_wrong_bytes_never_get_the_name(hub: Hub, tmp_path: Path) -> None:
    assert "not the file that it should be" in fails(hub, tmp_path, "0" * 64, "damaged").what
    assert bytes_arrived(tmp_path / "m.gguf") == 0
    assert hub.asked == [None]


def test_a_length_that_is_too_small(hub: Hub, tmp_path: Path) -> None:
    hub.length = 1000
    fails(hub, tmp_path, code="damaged")


def test_a_length_that_is_too_large(hub: Hub, tmp_path: Path) -> None:
    hub.length = len(CONTENT) + 1
    fails(hub, tmp_path, code="unreachable")


def test_no_length_at_all(hub: Hub, tmp_path: Path) -> None:
    hub.chunked = True
    assert fetch(hub, tmp_path)[0].total is None


def test_redirects_are_followed_but_not_for_ever(tmp_path: Path) -> None:
    with running(Hub(CONTENT, redirects=3)) as hub:
        fetch(hub, tmp_path)
    with running(Hub(CONTENT, redirects=1000)) as hub:
        fails(hub, tmp_path / "other", code="bad_parameters")


@pytest.mark.parametrize("status", [500, 502, 503, 429, 408])
def test_a_busy_server_is_asked_again(hub: Hub, tmp_path: Path, status: int) -> None:
    hub.statuses = [status] * 3
    fetch(hub, tmp_path)
    assert len(hub.asked) == 4


def test_a_server_that_stays_broken(hub: Hub, tmp_path: Path) -> None:
    hub.statuses = [503] * 9
    assert "answered 503" in fails(hub, tmp_path, code="unreachable").what


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "not_found"), (410, "not_found"), (403, "refused"), (401, "refused"), (400, "refused")],
)
def test_a_refusal_is_not_repeated(hub: Hub, tmp_path: Path, status: int, code: str) -> None:
    hub.statuses = [status] * 9
    fails(hub, tmp_path, code=code)
    assert len(hub.asked) == 1


def test_nobody_there(tmp_path: Path) -> None:
    with running(Hub(CONTENT)) as hub:
        pass
    assert "cannot be reached" in fails(hub, tmp_path, code="unreachable").what


@pytest.mark.parametrize("url", ["nonsense", "ftp://127.0.0.1/x", "http://127.0.0.1:port/", "http://"])
def test_an_address_that_is_none(tmp_path: Path, url: str) -> None:
    fails(Hub(CONTENT, url=url), tmp_path, code="bad_parameters")


def test_the_proxy_of_the_environment_is_asked(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", hub.url.rsplit("/org", 1)[0])
    through = Hub(CONTENT, url="http://hub.invalid/org/repo/resolve/main/file.gguf")
    fetch(through, tmp_path)
    assert hub.asked == [None]
    monkeypatch.setenv("HTTP_PROXY", "nonsense://x")
    assert "proxy" in fails(through, tmp_path / "other", code="bad_parameters").what


def test_cancelled_and_gone_on(hub: Hub, tmp_path: Path) -> None:
    hub.hold, control = threading.Event(), Control()

    def stop_late(step: Step) -> None:
        if step.done > 1_000_000:
            control.cancel()

    with pytest.raises(Cancelled):
        download(hub.url, tmp_path / "m.gguf", hub.sha256, stop_late, control, AT_ONCE)
    arrived = bytes_arrived(tmp_path / "m.gguf")
    assert 1_000_000 < arrived < len(CONTENT)
    hub.hold.set()
    fetch(hub, tmp_path)
    assert hub.asked == [None, f"bytes={arrived}-"]


def test_paused_and_gone_on_from_another_thread(hub: Hub, tmp_path: Path) -> None:
    hub.hold, control, paused = threading.Event(), Control(), threading.Event()

    def pause_once(step: Step) -> None:
        if step.done > 1_000_000 and not paused.is_set():
            control.pause()
            paused.set()

    def go_on() -> None:
        paused.wait(60)
        assert hub.hold is not None
        hub.hold.set()
        control.go_on()

    other = threading.Thread(target=go_on)
    other.start()
    download(hub.url, tmp_path / "m.gguf", hub.sha256, pause_once, control, AT_ONCE)
    other.join()
    assert (tmp_path / "m.gguf").read_bytes() == CONTENT
    assert len(hub.asked) == 2


def test_a_whole_part_is_only_checked(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / ".m.gguf.part").write_bytes(CONTENT)
    about = {"url": hub.url, "tag": hub.etag, "total": len(CONTENT)}
    (tmp_path / ".m.gguf.part.json").write_text(json.dumps(about))
    fetch(hub, tmp_path)
    assert hub.asked == []


@pytest.mark.parametrize(
    "about", ["", "{", "[]", '{"url": 3}', '{"url": "http://other/", "tag": null, "total": 9}']
)
def test_a_part_of_unknown_origin_is_not_built_upon(hub: Hub, tmp_path: Path, about: str) -> None:
    (tmp_path / ".m.gguf.part").write_bytes(b"of something else")
    (tmp_path / ".m.gguf.part.json").write_text(about)
    fetch(hub, tmp_path)
    assert hub.asked == [None]


def test_killed_and_gone_on(hub: Hub, tmp_path: Path) -> None:
    hub.hold = threading.Event()
    script = (
        "import sys; from pathlib import Path; from second_me.models.download import download\n"
        "download(sys.argv[1], Path(sys.argv[2]), sys.argv[3], lambda s: print(s.done, flush=True))"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, hub.url, str(tmp_path / "m.gguf"), hub.sha256],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert any(int(line) > 1_000_000 for line in child.stdout)
    child.kill()
    child.communicate()
    hub.hold.set()
    fetch(hub, tmp_path)
    assert len(hub.asked) == 2


def test_two_do_not_write_one_file(hub: Hub, tmp_path: Path) -> None:
    with filelock.FileLock(tmp_path / ".m.gguf.lock"):
        fails(hub, tmp_path, code="in_use")
    assert hub.asked == []


def test_a_disk_without_room_is_seen_before_a_byte_is_written(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="There is no room") as fault:
        need_room(tmp_path, 1 << 60)
    assert fault.value.code == "disk_full"
    need_room(tmp_path, 0)
    with running(Hub(b"x", length=1 << 60)) as hub:
        fails(hub, tmp_path, code="disk_full")
    assert bytes_arrived(tmp_path / "m.gguf") == 0


def test_what_the_disk_says() -> None:
    assert disk_fault(Path("x"), OSError(errno.ENOSPC, "full")).code == "disk_full"
    assert disk_fault(Path("x"), OSError(errno.EACCES, "no")).code == "read_only"


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of this kind")
def test_a_disk_that_takes_no_more(hub: Hub, tmp_path: Path) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        fault = fails(hub, tmp_path, code="disk_full")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "cannot hold a file of that size" in fault.what
    fetch(hub, tmp_path)
    assert hub.asked == [None, f"bytes={1_000_000}-"]


def test_a_part_is_dropped(tmp_path: Path) -> None:
    assert not drop_part(tmp_path / "m.gguf")
    (tmp_path / ".m.gguf.part").write_bytes(b"x")
    assert drop_part(tmp_path / "m.gguf")
    assert list(tmp_path.iterdir()) == []


def test_speed_and_time_left_are_of_the_last_seconds() -> None:
    pace = Pace()
    assert pace.step(0.0, 0, 1000) == Step("fetching", 0, 1000, 0.0, None)
    assert pace.step(1.0, 100, 1000) == Step("fetching", 100, 1000, 100.0, 9.0)
    for second in range(2, 20):
        step = pace.step(float(second), 100 + 20 * second, 1000)
    assert step.speed == pytest.approx(20.0)
    assert pace.step(20.0, 500, None).seconds_left is None
