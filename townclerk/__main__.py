"""`python -m townclerk`."""

import sys

from townclerk.cli import main

if __name__ == "__main__":
    sys.exit(main())
