"""`python -m brandkit`."""

from brandkit.cli.main import main

main()
