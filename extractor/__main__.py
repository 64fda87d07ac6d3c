"""``python -m extractor`` is the command ``rilis``."""

from extractor.cli import main

main()
