"""`python -m second_me`: the same as the command `second-me`."""

import sys

from second_me.app.main import main

sys.exit(main())
