"""Every move, in the order in which they are asked: what is owed and kind first, what is asked for last."""

from __future__ import annotations

from brandkit.engage.moves.answer import Answer
from brandkit.engage.moves.ask_advice import AskAdvice
from brandkit.engage.moves.ask_feedback import AskFeedback
from brandkit.engage.moves.ask_promotion import AskPromotion
from brandkit.engage.moves.ask_support import AskSupport
from brandkit.engage.moves.check_in import CheckIn
from brandkit.engage.moves.congratulate import Congratulate
from brandkit.engage.moves.find_mentor import FindMentor
from brandkit.engage.moves.introduce import Introduce
from brandkit.engage.moves.keep_promise import KeepPromise
from brandkit.engage.moves.move import Move
from brandkit.engage.moves.offer import Offer
from brandkit.engage.moves.prepare import Prepare
from brandkit.engage.moves.reconnect import Reconnect
from brandkit.engage.moves.renew import Renew
from brandkit.engage.moves.respond import Respond
from brandkit.engage.moves.session import Session
from brandkit.engage.moves.share import Share
from brandkit.engage.moves.stand_by import StandBy
from brandkit.engage.moves.thank import Thank
from brandkit.engage.moves.update import Update

MOVES: tuple[Move, ...] = (
    *(StandBy(), KeepPromise(), Thank(), Congratulate(), Session()),
    *(Share(), Offer(), Respond(), CheckIn(), Update()),
    *(Introduce(), Answer(), Prepare(), Renew(), Reconnect()),
    *(FindMentor(), AskFeedback(), AskAdvice(), AskSupport(), AskPromotion()),
)
BY_NAME = {move.name: move for move in MOVES}
