"""One payer's case as a snapshot: what he owes, what rests, what was agreed, whom to reach. (sop 1, 6)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sop.cash import CashReceipt
from sop.claim import HOLDING as CLAIM_HOLDING
from sop.claim import Claim
from sop.dispute import HOLDING as DISPUTE_HOLDING
from sop.dispute import Dispute
from sop.giro import Giro
from sop.hold import ActiveHold, Moment, Owed, Standing, Use, holds_on
from sop.ladder import Step
from sop.ledger import Customer, Invoice
from sop.payer import Exposure, Reached, exposure_of
from sop.people import ConsentState, ContactPerson, ContactState
from sop.promise import Promise, PromiseState


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """Everything about one payer that a card, a message or a decision needs; `today` is the payer's day."""

    payer_id: int
    today: date
    moment: Moment
    customers: tuple[Customer, ...]
    contacts: tuple[ContactPerson, ...]
    invoices: tuple[Invoice, ...]
    steps: dict[int, Step]
    holds: tuple[ActiveHold, ...]
    promises: tuple[Promise, ...]
    claims: tuple[Claim, ...]
    disputes: tuple[Dispute, ...]
    cash: tuple[CashReceipt, ...] = ()  # taken and not deposited yet
    giros: tuple[Giro, ...] = ()  # whose bank has not answered yet

    @property
    def name(self) -> str:
        """What to call the payer: his first customer's name."""
        return self.customers[0].name

    @property
    def zone(self) -> str | None:
        return self.customers[0].zone

    @property
    def contact(self) -> ContactPerson | None:
        """Whom to reach: the first contact whose number was not reported wrong."""
        return next((one for one in self.contacts if one.state is not ContactState.WRONG), None)

    @property
    def open_promise(self) -> Promise | None:
        return next((one for one in self.promises if one.state is PromiseState.OPEN), None)

    @property
    def waiting_claim(self) -> Claim | None:
        return next((one for one in self.claims if one.state in CLAIM_HOLDING), None)

    @property
    def open_disputes(self) -> tuple[Dispute, ...]:
        return tuple(one for one in self.disputes if one.state in DISPUTE_HOLDING)

    @property
    def exposure(self) -> Exposure:
        return exposure_of(self.invoices, today=self.today)

    @property
    def has_opted_out(self) -> bool:
        contact = self.contact
        return contact is not None and contact.consent is ConsentState.WITHDRAWN

    def standing(self, use: Use) -> Standing:
        """This function will say what may be asked for now, by message or by call, and what holds the rest (6)."""
        owed = [Owed(invoice_id=one.id, balance=one.balance) for one in self.invoices]
        return holds_on(owed, self.holds, use=use, at=self.moment)

    def reached(self, use: Use) -> tuple[Reached, ...]:
        """This function will list the invoices that move, each with its step and what may be asked of it."""
        left = {one.invoice_id: one.balance for one in self.standing(use).chaseable}
        return tuple(
            Reached(invoice=one, chaseable=left[one.id], step=self.steps.get(one.id))
            for one in self.invoices
            if one.id in left
        )

    def is_due(self, *, today: date) -> bool:
        """This function will say whether one of the moving invoices is at H0 or later: then reasons are mandatory."""
        return any(one.invoice.due_on <= today for one in self.reached(Use.CALL))
