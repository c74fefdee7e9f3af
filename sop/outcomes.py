"""The outcomes a collector can tap, as one table: what each means, needs and does. (sop 3; 000-IV, 000-VI.2)

The words on the buttons stand in the message files; here are only stable codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from sop.policy import Policy


class Outcome(Enum):
    """What came of one contact, in the order of the buttons."""

    PROMISED = "promised"
    PAID = "paid"
    PAID_PART = "paid_part"
    NO_ANSWER = "no_answer"
    CALL_LATER = "call_later"
    UNCLEAR = "unclear"
    MORE_TIME = "more_time"
    INSTALMENTS = "instalments"
    DISPUTED = "disputed"
    REFUSED = "refused"
    WRONG_NUMBER = "wrong_number"
    ESCALATED = "escalated"
    CASH_TAKEN = "cash_taken"
    GIRO_TAKEN = "giro_taken"
    INVOICE_EXCHANGED = "invoice_exchanged"
    NOT_PIC = "not_pic"
    SHOP_CLOSED = "shop_closed"
    DECEASED = "deceased"
    RELIEF = "relief"
    NEW_TERMS = "new_terms"
    CUSTOMER_CALLED = "customer_called"
    STOP_WHATSAPP = "stop_whatsapp"
    CONSENT_WHATSAPP = "consent_whatsapp"
    NOTED = "noted"


class Need(Enum):
    """Something asked before an outcome can be stored."""

    DATE = "date"
    TIME = "time"  # an instant at which to call again
    REASON = "reason"
    AMOUNT = "amount"
    CAUSE = "cause"
    TERM = "term"  # a credit term in days
    NOTE = "note"
    RECEIPT_NUMBER = "receipt_number"
    GIRO_DETAILS = "giro_details"  # number, bank and effective date
    PHOTO = "photo"


class NoAnswerReason(Enum):
    NOT_PICKED_UP = "not_picked_up"
    BUSY = "busy"
    INACTIVE = "inactive"
    RINGS_UNANSWERED = "rings_unanswered"  # connected, nobody speaks: avoiding, not a wrong number


class PromiseReason(Enum):
    """Why the payment is late; mandatory from the due date on. (000-IV.B.2)"""

    NO_FUNDS = "no_funds"
    AWAITING_BUYER = "awaiting_buyer"
    DOCUMENTS = "documents"
    OWNER_AWAY = "owner_away"
    PAY_SCHEDULE = "pay_schedule"


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeRule:
    """One row of the table.

    `needs` is asked always, `needs_from_due` in addition once an invoice of the card is at H0 or later.
    `from_due` names the outcome that stands for this one from H0 on.
    `finishes_card` False: the card stays open, because the real outcome is still to come.
    `returns` True: the finished card comes back later the same day (or at the time asked for).
    """

    outcome: Outcome
    clause: str
    starred: bool = False
    reached_customer: bool = False
    finishes_card: bool = True
    returns: bool = False
    needs: tuple[Need, ...] = ()
    needs_from_due: tuple[Need, ...] = ()
    from_due: Outcome | None = None


_RULES = (
    OutcomeRule(
        outcome=Outcome.PROMISED,
        clause="000-IV.B.2",
        starred=True,
        reached_customer=True,
        needs=(Need.DATE,),
        needs_from_due=(Need.REASON,),
    ),
    OutcomeRule(outcome=Outcome.PAID, clause="004", starred=True, reached_customer=True),
    OutcomeRule(outcome=Outcome.PAID_PART, clause="004", starred=True, reached_customer=True, needs=(Need.AMOUNT,)),
    OutcomeRule(outcome=Outcome.NO_ANSWER, clause="000-VI.2", starred=True, returns=True, needs=(Need.REASON,)),
    OutcomeRule(
        outcome=Outcome.CALL_LATER,
        clause="000-VI.2",
        starred=True,
        reached_customer=True,
        returns=True,
        needs=(Need.TIME,),
    ),
    OutcomeRule(outcome=Outcome.UNCLEAR, clause="000-IV.B.3", starred=True, reached_customer=True),
    # (000-IV.A.2) "from H0 on it is a promise": then it is asked and stored as one.
    OutcomeRule(
        outcome=Outcome.MORE_TIME,
        clause="000-IV.A.2",
        starred=True,
        reached_customer=True,
        needs=(Need.DATE, Need.REASON),
        from_due=Outcome.PROMISED,
    ),
    OutcomeRule(outcome=Outcome.INSTALMENTS, clause="002", starred=True, reached_customer=True, needs=(Need.NOTE,)),
    OutcomeRule(
        outcome=Outcome.DISPUTED,
        clause="004",
        starred=True,
        reached_customer=True,
        needs=(Need.CAUSE, Need.AMOUNT),
    ),
    OutcomeRule(outcome=Outcome.REFUSED, clause="001", starred=True, reached_customer=True),
    OutcomeRule(outcome=Outcome.WRONG_NUMBER, clause="000-VI.1", starred=True),
    OutcomeRule(outcome=Outcome.ESCALATED, clause="000-VI.4", starred=True, needs=(Need.NOTE,)),
    OutcomeRule(
        outcome=Outcome.CASH_TAKEN,
        clause="004",
        reached_customer=True,
        needs=(Need.AMOUNT, Need.RECEIPT_NUMBER, Need.PHOTO),
    ),
    OutcomeRule(
        outcome=Outcome.GIRO_TAKEN,
        clause="004",
        reached_customer=True,
        needs=(Need.AMOUNT, Need.GIRO_DETAILS, Need.PHOTO),
    ),
    OutcomeRule(
        outcome=Outcome.INVOICE_EXCHANGED, clause="sop 3", reached_customer=True, needs=(Need.PHOTO, Need.DATE)
    ),
    # Somebody else answered: nothing was said about the bill, so the customer was not reached.
    OutcomeRule(outcome=Outcome.NOT_PIC, clause="000-VI.1"),
    OutcomeRule(outcome=Outcome.SHOP_CLOSED, clause="000-VI.2"),
    OutcomeRule(outcome=Outcome.DECEASED, clause="000-VI.1"),
    # Asked of the managers; the labels are ours. (5; 002, 003)
    OutcomeRule(
        outcome=Outcome.RELIEF, clause="sop 5", reached_customer=True, needs=(Need.AMOUNT, Need.DATE, Need.REASON)
    ),
    OutcomeRule(outcome=Outcome.NEW_TERMS, clause="sop 5", reached_customer=True, needs=(Need.TERM,)),
    # These four record something beside the call; what the customer said is an outcome of its own.
    OutcomeRule(outcome=Outcome.CUSTOMER_CALLED, clause="000-VI.2", reached_customer=True, finishes_card=False),
    OutcomeRule(outcome=Outcome.STOP_WHATSAPP, clause="G18", reached_customer=True, finishes_card=False),
    OutcomeRule(outcome=Outcome.CONSENT_WHATSAPP, clause="G18", reached_customer=True, finishes_card=False),
    OutcomeRule(outcome=Outcome.NOTED, clause="000-VI.2", finishes_card=False, needs=(Need.NOTE,)),
)
OUTCOMES: dict[Outcome, OutcomeRule] = {rule.outcome: rule for rule in _RULES}
STARRED: tuple[Outcome, ...] = tuple(rule.outcome for rule in _RULES if rule.starred)
"""The twelve of the first screen, in button order."""
OTHERS: tuple[Outcome, ...] = tuple(rule.outcome for rule in _RULES if not rule.starred)


def meaning_of(outcome: Outcome, *, from_due: bool) -> Outcome:
    """This function will give the outcome that a tap means: more time asked from H0 on is a promise. (000-IV.B.2)"""
    replacement = OUTCOMES[outcome].from_due
    return replacement if from_due and replacement is not None else outcome


def needs_of(outcome: Outcome, *, from_due: bool) -> tuple[Need, ...]:
    """This function will list what must be asked, in order; `from_due`: an invoice of the card is at H0 or later."""
    rule = OUTCOMES[meaning_of(outcome, from_due=from_due)]
    return rule.needs + rule.needs_from_due if from_due else rule.needs


def escalates(outcome: Outcome, *, from_due: bool) -> bool:
    """This function will say whether the outcome alone opens an escalation. (000-IV.B.3, 000-VI.4, 001)"""
    if outcome is Outcome.UNCLEAR:
        return from_due
    return outcome in (Outcome.REFUSED, Outcome.ESCALATED)


def returns_at(*, now: datetime, closes_at: datetime, has_returned: bool, policy: Policy) -> datetime | None:
    """This function will say when an unanswered card returns: once, after 3 hours, latest at the end of the day.

    `closes_at` is the end of the collector's working hours that day; None: it does not return today. (3)
    """
    if has_returned or now >= closes_at:
        return None
    return min(now + timedelta(hours=policy.desk.callback_after_hours), closes_at)
