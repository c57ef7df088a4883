"""Every move, in the order in which they are asked."""

from __future__ import annotations

from brandkit.engage.moves.check_in import CheckIn
from brandkit.engage.moves.move import Move
from brandkit.engage.moves.share import Share

MOVES: tuple[Move, ...] = (Share(), CheckIn())
