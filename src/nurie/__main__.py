"""`python -m nurie` is `nurie`."""

import sys

from nurie.cli import main

sys.exit(main())
