"""`second-me budget`: sizes as people write them, with a service and without, over a locked vault too."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from second_me.app.cli.budget import lines_of, outside, size_of, watched
from second_me.app.service.protocol import RemoteFault
from tests.cli.conftest import Shell
from tests.service.kit import PASSPHRASE, Ear, Seat, seat
from tests.views.sample_budget import (
    ABSENT,
    FIXED,
    FOLLOWING,
    FRESH_MIXTURE,
    ON_DEMAND,
    ONE_SIZE,
    OVER,
    RESTING,
    RESTING_MIXTURE,
    SMALLEST,
    TOO_LARGE,
    UNKNOWN_MIXTURE,
    WHOLE_MIXTURE,
)

SHAPE = {"mode", "bytes", "allowed", "held", "resident", "lowest", "full", "step", "embedding", "quality",
         "curve", "layers", "experts", "free", "short", "pressure", "ladder", "why", "state"}  # fmt: skip


def own_models(folder: Path, starter_models: Path) -> Path:
    """The starter in a folder of its own: what is chosen is kept beside the models."""
    for file in starter_models.glob("*.gguf"):
        (folder / file.name).symlink_to(file)
    return folder


@pytest.fixture(scope="module")
def own_seat(tmp_path_factory: pytest.TempPathFactory, starter_models: Path) -> Iterator[Seat]:
    models = own_models(tmp_path_factory.mktemp("models"), starter_models)
    with seat(tmp_path_factory.mktemp("budget") / "home", models) as made:
        made.unlocked()
        yield made


def shape_of(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    shape: dict[str, Any] = json.loads(done.stdout)
    assert set(shape) == SHAPE
    return shape


@pytest.mark.parametrize(
    ("text", "size"),
    [("600M", 600_000_000), ("600MB", 600_000_000), ("600 mb", 600_000_000), ("1.5G", 1_500_000_000),
     ("500000000", 500_000_000), ("64k", 64_000), ("0.001T", 1_000_000_000), ("Auto", "auto")],
)  # fmt: skip
def test_sizes_as_people_write_them(text: str, size: int | str) -> None:
    assert size_of(text) == size


@pytest.mark.parametrize(
    "text", ["", "M", "-5", "0", "0.1", "1e9", "600X", "9999T", "1,5G", "nan", "9" * 400]
)
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="is no size"):
        size_of(text)


def test_what_a_person_is_told() -> None:
    assert lines_of(FIXED) == [
        "Model memory: 84 MB of 108 MB, fixed at 84 MB",
        "Resident now: weights 72 MB, conversation 8 MB, working buffers 4 MB",
        "Quality: about 97 % of full",
        "From 83 MB to 108 MB, in steps of at most 3 MB",
        "Free on this computer: 3,100 MB",
    ]
    assert lines_of(FOLLOWING)[0] == "Model memory: 108 MB of 108 MB, following free memory"
    assert "It can be made smaller after: second-me model ladder" in lines_of(ONE_SIZE)
    assert lines_of(RESTING)[0] == "The model is not loaded now. Chosen: following free memory."
    assert lines_of(ABSENT)[0].startswith("No model here.")
    assert lines_of({**FIXED, "why": "There is less than it needs."})[-1] == "There is less than it needs."
    assert watched(FIXED) == "ready: 84 MB resident, 84 MB allowed, 3,100 MB free, quality 97 %"


def test_what_a_person_is_told_of_a_mixture_of_experts() -> None:
    assert "Experts: all 1,359 MB may be held" in lines_of(WHOLE_MIXTURE)
    assert lines_of(ON_DEMAND) == [
        "Model memory: 880 MB of 1,757 MB, fixed at 880 MB",
        "Resident now: weights 553 MB, conversation 9 MB, working buffers 3 MB",
        "Experts: 410 MB of 1,359 MB held now, up to 482 MB; the answers are the same; "
        "34 % of the chosen ones were read from the disk",
        "From 511 MB to 1,757 MB",
        "Free on this computer: 12,400 MB",
    ]
    assert "Experts: 0 MB of 1,359 MB held now, up to 482 MB; the answers are the same" in lines_of(
        FRESH_MIXTURE
    )
    rest = (
        "Experts: up to 482 MB of 1,359 MB held, the rest read from the disk when it is chosen; the answers"
    )
    assert f"{rest} are the same" in lines_of(RESTING_MIXTURE)
    refused = lines_of(UNKNOWN_MIXTURE)
    assert "Experts: 1,359 MB, which cannot be read one by one" in refused
    assert refused[-1].endswith("it stays whole.")
    assert watched(ON_DEMAND).endswith(
        "12,400 MB free, experts 410 MB of 1,359 MB, 34 % of the chosen ones were read from the disk"
    )
    assert watched(FRESH_MIXTURE).endswith(", experts 0 MB of 1,359 MB")
    assert "experts" not in watched(WHOLE_MIXTURE)


def test_what_a_person_is_told_of_a_model_that_is_too_large() -> None:
    assert lines_of(TOO_LARGE)[-3:] == [
        "Free on this computer: 2,900 MB",
        "Even at its smallest the model needs 2600 MB more than can be spared now.",
        "Parts of it have to be read from the disk again and again, which is slow. "
        "Size steps could make it fit: second-me model ladder",
    ]
    assert "made smaller after" not in " ".join(lines_of(TOO_LARGE))
    assert lines_of(SMALLEST)[-1].endswith("which is slow.")
    assert lines_of(OVER)[-1].startswith(
        "It holds more than the 60 MB that were chosen: it has one size only. Size steps"
    )
    assert "size only." in lines_of({**OVER, "ladder": "refused"})[-1]


def test_a_number_that_the_model_cannot_follow_is_said() -> None:
    assert "holds 83 MB, its lowest" in outside(10_000_000, FIXED)
    assert "holds 108 MB, its full size" in outside(10**12, FIXED)
    assert outside(90_000_000, FIXED) == outside(10, ABSENT) == ""


def test_without_a_service_the_choice_is_kept(bare: Shell) -> None:
    assert bare("budget", "600M", passphrase=None).returncode == 0
    shape = shape_of(bare("budget", "--json", passphrase=None))
    assert (shape["mode"], shape["bytes"], shape["state"]) == ("fixed", 600_000_000, "absent")
    assert shape_of(bare("budget", "auto", "--json", passphrase=None))["mode"] == "auto"
    refused = bare("budget", "lots", passphrase=None)
    assert refused.returncode == 2
    assert "lots is no size" in refused.stderr


def test_over_a_locked_vault(tmp_path: Path, starter_models: Path) -> None:
    (tmp_path / "models").mkdir()
    with seat(tmp_path / "home", own_models(tmp_path / "models", starter_models)) as own:
        own.client().call("vault.create", passphrase=PASSPHRASE)
        Shell(own.home)("lock")
        told_over_a_locked_vault(Shell(own.home))


def told_over_a_locked_vault(shell: Shell) -> None:
    shape = shape_of(shell("budget", "90M", "--json", passphrase=None))
    assert (shape["bytes"], shape["state"], shape["resident"]["weights"]) == (90_000_000, "idle", 0)
    assert len(shape["layers"]) > 10
    assert shape["full"] > 0
    assert shape_of(shell("budget", "auto", "--json", passphrase=None))["bytes"] is None


def test_a_running_service_is_told(own_seat: Seat) -> None:
    client = own_seat.client()
    ear, shell = Ear(client), Shell(own_seat.home)
    told = shell("budget", "1M", passphrase=None)
    assert told.returncode == 0
    assert "its lowest" in told.stderr
    assert ear.next("budget.changed") == {}
    assert client.call("budget.status")["bytes"] == 1_000_000
    assert shell("budget", "auto", passphrase=None).returncode == 0
    assert client.call("budget.status")["mode"] == "auto"


@pytest.mark.parametrize("size", [0, -1, "600M", 1.5, True, [], 1 << 60])
def test_the_service_refuses_what_is_no_budget(own_seat: Seat, size: object) -> None:
    with pytest.raises(RemoteFault) as told:
        own_seat.client().call("budget.set", bytes=size)
    assert told.value.code == "bad_parameters"


def test_the_models_are_listed(own_seat: Seat) -> None:
    rows = own_seat.client().call("models.list")
    assert [row["in_use"] for row in rows if row["role"] == "chat"].count(True) == 1
    assert {"name", "path", "source", "bytes", "fits", "why", "ladder", "licence"} <= set(rows[0])


@pytest.mark.skipif(os.name == "nt", reason="there is no Ctrl+C for one process there")
def test_watching_ends_with_ctrl_c(own_seat: Seat) -> None:
    environment = {**os.environ, "SECOND_ME_HOME": str(own_seat.home), "SECOND_ME_PASSPHRASE": PASSPHRASE}
    with subprocess.Popen(
        [sys.executable, "-m", "second_me", "budget", "--watch", "--json"],
        env=environment, stdout=subprocess.PIPE, text=True,
    ) as watching:  # fmt: skip
        assert watching.stdout is not None
        shapes = [json.loads(watching.stdout.readline()) for _ in range(2)]
        watching.send_signal(signal.SIGINT)
        assert watching.wait(30) == 0
    assert [set(shape) for shape in shapes] == [SHAPE, SHAPE]
