"""Everything that we thought of that a server can do wrong, in one ordered table.

To add one: a name, a deed (hostile_server.py), and the line that people are to read.
"""

from __future__ import annotations

from tests.hostile.answers import PACKING, STATUS
from tests.hostile.connections import CONNECTIONS, SYNTAX, TLS
from tests.hostile.contents import BODIES, LATER
from tests.hostile.redirects import REDIRECTS

ALL = (*CONNECTIONS, *TLS, *SYNTAX, *STATUS, *REDIRECTS, *PACKING, *BODIES, *LATER)
