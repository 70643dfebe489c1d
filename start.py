"""Start Second Me: `python3 start.py`. Everything that is missing is made or named on the way."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "packaging"))

from bootstrap.say import guarded  # noqa: E402
from bootstrap.starting import start  # noqa: E402

if __name__ == "__main__":
    sys.exit(guarded(lambda: start(ROOT, sys.argv[1:])))
