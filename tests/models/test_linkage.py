"""A function of ours in the place of one that a library calls: only where it is certainly that one."""

from __future__ import annotations

import ctypes
import subprocess

import pytest

from second_me.models import linkage
from second_me.models.pages import LINUX

pytestmark = pytest.mark.skipif(not LINUX, reason="tables of ELF")

INNER = "int number(void) { return 1; }"
OUTER = "int number(void); int asked(void) { return number(); }"
ANSWER = ctypes.CFUNCTYPE(ctypes.c_int)


@pytest.fixture(scope="module", params=["-Wl,-z,now", "-Wl,-z,norelro"])
def libraries(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[ctypes.CDLL, ctypes.CDLL]:
    """One library that calls another, its table read-only or not."""
    folder = tmp_path_factory.mktemp("linkage")
    for name, text, rest in (("inner", INNER, []), ("outer", OUTER, [str(folder / "inner.so")])):
        (folder / f"{name}.c").write_text(text)
        command = ["cc", "-shared", "-fPIC", request.param, "-o", str(folder / f"{name}.so")]
        try:
            subprocess.run([*command, str(folder / f"{name}.c"), *rest], check=True, capture_output=True)
        except FileNotFoundError:
            pytest.skip("no C compiler here")
    return ctypes.CDLL(str(folder / "inner.so")), ctypes.CDLL(str(folder / "outer.so"))


def address(function: object) -> int:
    """Where a function is."""
    return ctypes.cast(function, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def test_what_is_not_as_it_should_be_is_left_alone(libraries: tuple[ctypes.CDLL, ctypes.CDLL]) -> None:
    inner, outer = libraries
    ours = ANSWER(lambda: 2)
    assert outer.asked() == 1
    assert not linkage.replace(outer, "nothing", address(inner.number), address(ours))
    assert not linkage.replace(outer, "number", address(inner.number) + 1, address(ours))
    assert outer.asked() == 1


def test_the_call_comes_to_us(libraries: tuple[ctypes.CDLL, ctypes.CDLL]) -> None:
    inner, outer = libraries
    ours = ANSWER(lambda: 2)
    assert linkage.replace(outer, "number", address(inner.number), address(ours))
    assert outer.asked() == 2
    assert inner.number() == 1
    assert linkage.replace(outer, "number", address(ours), address(inner.number))
    assert outer.asked() == 1
