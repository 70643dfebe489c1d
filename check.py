"""Check Second Me: `python3 check.py`. Style, types, import contracts and all tests."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "packaging"))

from bootstrap.checking import check  # noqa: E402
from bootstrap.say import guarded  # noqa: E402

if __name__ == "__main__":
    sys.exit(guarded(lambda: check(ROOT, sys.argv[1:])))
