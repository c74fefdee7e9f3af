"""The outcomes of a card."""

from __future__ import annotations

from collections.abc import Mapping

from bot.handlers import (
    calls,
    claims,
    contact_notes,
    disputes,
    exchanges,
    instalments,
    more_time,
    notes,
    promises,
    relief,
    takings,
)
from bot.routes import Route
from sop.outcomes import Outcome

# What a tap on an outcome does first: some record at once, some ask on.
OPENERS: Mapping[Outcome, Route] = {
    Outcome.PROMISED: Route(promises.ask_promise),
    Outcome.PAID: Route(claims.record_paid),
    Outcome.PAID_PART: Route(claims.ask_part),
    Outcome.CASH_TAKEN: Route(takings.ask_taken),
    Outcome.GIRO_TAKEN: Route(takings.ask_taken),
    Outcome.MORE_TIME: Route(more_time.ask_more_time),
    Outcome.INSTALMENTS: Route(instalments.ask_plan),
    Outcome.RELIEF: Route(relief.ask_relief),
    Outcome.NEW_TERMS: Route(relief.ask_term),
    Outcome.DISPUTED: Route(disputes.ask_cause),
    Outcome.INVOICE_EXCHANGED: Route(exchanges.ask_exchange),
    Outcome.NO_ANSWER: Route(calls.ask_why_no_answer),
    Outcome.CALL_LATER: Route(calls.ask_when_later),
    Outcome.UNCLEAR: Route(calls.record_at_once),
    Outcome.REFUSED: Route(calls.record_at_once),
    Outcome.NOT_PIC: Route(calls.record_at_once),
    Outcome.SHOP_CLOSED: Route(calls.record_at_once),
    Outcome.ESCALATED: Route(notes.ask_for_words),
    Outcome.NOTED: Route(notes.ask_for_words),
    Outcome.WRONG_NUMBER: Route(contact_notes.record_wrong_number),
    Outcome.DECEASED: Route(contact_notes.record_deceased),
    Outcome.CUSTOMER_CALLED: Route(contact_notes.record_customer_called),
    Outcome.STOP_WHATSAPP: Route(contact_notes.record_stop),
    Outcome.CONSENT_WHATSAPP: Route(contact_notes.record_consent),
}
