"""The routing tables: which button, command, typed answer or file goes to which handler, and who may.

The role is checked by these tables; the object by its loading, since a card, a payer or a claim that somebody may not
see is not found. Handlers do not know each other.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot import buttons
from bot.handlers import (
    by_hand,
    calls,
    claims,
    contact_notes,
    dates,
    day,
    dispute_answers,
    disputes,
    errands,
    escalations,
    finance,
    guide,
    imports,
    instalments,
    language,
    leave,
    more_time,
    notes,
    payments,
    placing,
    promise_list,
    promises,
    reassign,
    requests,
    sales_help,
    search,
    stopping,
    undo,
)
from bot.reply import Reply
from bot.routes import ANYBODY, Route
from bot.turn import Turn
from sop.outcomes import Outcome
from sop.people import CONFIRMERS, DECIDERS, WORKERS, Role

PLANNERS = WORKERS | DECIDERS  # who may say who works when

SELLERS = frozenset({Role.SALES})

FINDERS = CONFIRMERS | {Role.SALES}
"""Who may find out about a dispute; which one is asked when it is loaded."""

PRESSES: Mapping[type[buttons.Button], Route] = {
    buttons.ShowHelp: Route(guide.open_help, ANYBODY),
    buttons.ChooseLanguage: Route(language.choose_language, ANYBODY),
    buttons.OpenRecord: Route(search.open_record, ANYBODY, in_group=True),
    buttons.ShowHistory: Route(search.show_history),
    buttons.StartCards: Route(day.start_cards),
    buttons.ListCards: Route(day.list_cards),
    buttons.OpenCard: Route(day.open_card),
    buttons.ShowOthers: Route(day.show_others),
    buttons.SkipCard: Route(day.skip_card),
    buttons.MarkSent: Route(by_hand.mark_sent),
    buttons.NextToSend: Route(by_hand.send_next),
    buttons.AnswerReplied: Route(by_hand.answer_replied),
    buttons.NoAnswer: Route(calls.record_no_answer),
    buttons.CallLater: Route(calls.record_call_later),
    buttons.AskNumber: Route(contact_notes.ask_new_number),
    buttons.Undo: Route(undo.undo_outcome),
    buttons.CorrectOutcome: Route(undo.correct_outcome),
    buttons.ShowDates: Route(dates.show_dates),
    buttons.ShowMonth: Route(dates.show_month),
    buttons.PickDate: Route(dates.pick_date),
    buttons.ConfirmDate: Route(dates.confirm_date),
    buttons.AskAmount: Route(promises.ask_amount),
    buttons.ShowInvoices: Route(promises.show_invoices),
    buttons.PickInvoice: Route(promises.pick_invoice),
    buttons.ConfirmPart: Route(claims.confirm_part),
    buttons.AttachSlip: Route(claims.ask_slip),
    buttons.DisputeCauseChosen: Route(disputes.ask_what),
    buttons.DisputeInvoice: Route(disputes.record_whole),
    buttons.DisputePart: Route(disputes.record_part),
    buttons.OpenDispute: Route(dispute_answers.open_dispute, FINDERS),
    buttons.AnswerDispute: Route(dispute_answers.answer_dispute, FINDERS),
    buttons.AcceptDispute: Route(dispute_answers.accept_all, FINDERS),
    buttons.AcceptPart: Route(dispute_answers.accept_part, FINDERS),
    buttons.PostCredit: Route(dispute_answers.post_credit, CONFIRMERS, in_group=False),
    buttons.ShowCauses: Route(dispute_answers.show_causes, CONFIRMERS, in_group=False),
    buttons.ListErrands: Route(errands.list_errands),
    buttons.OpenErrand: Route(errands.open_errand),
    buttons.FinishErrand: Route(errands.finish_errand),
    buttons.OpenEscalation: Route(escalations.open_escalation, DECIDERS),
    buttons.ListEscalations: Route(escalations.list_escalations, DECIDERS),
    buttons.Decide: Route(escalations.decide, DECIDERS),
    buttons.DecideDate: Route(escalations.decide_date, DECIDERS),
    buttons.DecideMonth: Route(escalations.show_month, DECIDERS),
    buttons.ExplainStop: Route(stopping.ask_reason, DECIDERS),
    buttons.ResumeChase: Route(stopping.resume, DECIDERS),
    buttons.OpenSalesNote: Route(sales_help.open_note, SELLERS),
    buttons.SalesSpoke: Route(sales_help.ask_words, SELLERS),
    buttons.ApproveTogether: Route(requests.approve_together, DECIDERS),
    buttons.ReassignToday: Route(reassign.choose_cover, DECIDERS),
    buttons.Reassigned: Route(reassign.hand_over, DECIDERS),
    buttons.AskLeave: Route(leave.ask_again, PLANNERS, in_group=False),
    buttons.ConfirmLeave: Route(leave.confirm_leave, PLANNERS, in_group=False),
    buttons.ChooseCover: Route(leave.choose_cover, PLANNERS, in_group=False),
    buttons.EndLeave: Route(leave.end_leave, PLANNERS),
    buttons.AnswerClaim: Route(finance.answer_claim, CONFIRMERS),
    buttons.MarkPosted: Route(finance.mark_posted, CONFIRMERS),
    buttons.ConfirmPayment: Route(payments.confirm_payment, CONFIRMERS),
    buttons.AskWhichLater: Route(payments.choose_later, CONFIRMERS),
    buttons.ShowPlacing: Route(placing.show_page, CONFIRMERS),
    buttons.TickInvoice: Route(placing.tick_invoice, CONFIRMERS),
    buttons.PlaceOn: Route(placing.place_on, CONFIRMERS),
    buttons.PlaceTicked: Route(placing.place_ticked, CONFIRMERS),
    buttons.PlaceOldest: Route(placing.place_oldest, CONFIRMERS),
    buttons.KeepAsCredit: Route(placing.keep_as_credit, CONFIRMERS),
    buttons.UseCredit: Route(placing.use_credit, CONFIRMERS),
    buttons.ConfirmImport: Route(imports.import_now, DECIDERS),
    buttons.AnswerImport: Route(imports.answer_question, DECIDERS),
    buttons.CancelImport: Route(imports.cancel_import, DECIDERS),
    buttons.Cancel: Route(payments.cancel_asked, ANYBODY),
}

# What a tap on an outcome does first: some record at once, some ask on.
OPENERS: Mapping[Outcome, Route] = {
    Outcome.PROMISED: Route(promises.ask_promise),
    Outcome.PAID: Route(claims.record_paid),
    Outcome.PAID_PART: Route(claims.ask_part),
    Outcome.MORE_TIME: Route(more_time.ask_more_time),
    Outcome.INSTALMENTS: Route(instalments.ask_proposal),
    Outcome.DISPUTED: Route(disputes.ask_cause),
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

COMMANDS: Mapping[str, Route] = {
    "janji": Route(promise_list.show_promises),
    "promises": Route(promise_list.show_promises),
    "bantuan": Route(guide.show_help, ANYBODY, in_group=True),
    "help": Route(guide.show_help, ANYBODY, in_group=True),
    "bahasa": Route(language.ask_language, ANYBODY),
    "language": Route(language.ask_language, ANYBODY),
    "cari": Route(search.find, ANYBODY, in_group=True),
    "search": Route(search.find, ANYBODY, in_group=True),
    "bayar": Route(payments.ask_payment, CONFIRMERS, in_group=False),
    "pay": Route(payments.ask_payment, CONFIRMERS, in_group=False),
    "cuti": Route(leave.ask_leave, PLANNERS, in_group=False),
    "leave": Route(leave.ask_leave, PLANNERS, in_group=False),
    "impor": Route(imports.explain_import, DECIDERS),
    "import": Route(imports.explain_import, DECIDERS),
    "sanggahan": Route(dispute_answers.show_disputes, CONFIRMERS, in_group=False),
    "disputes": Route(dispute_answers.show_disputes, CONFIRMERS, in_group=False),
    "tugas": Route(day.show_tasks),
    "tasks": Route(day.show_tasks),
}

# What a typed text, a place or a file answers: by the kind of the question that is open.
ANSWERS: Mapping[str, Route] = {
    "": Route(search.find_typed, ANYBODY),  # nobody asked: a private text is a search
    "search": Route(search.find_typed, ANYBODY, in_group=True),
    "date": Route(dates.read_date),
    "promise_amount": Route(promises.read_amount),
    "paid_part": Route(claims.read_part),
    "slip": Route(claims.record_with_slip),
    "later_slip": Route(claims.take_later_slip),
    "dispute_amount": Route(disputes.read_amount),
    "dispute_note": Route(disputes.add_note),
    Outcome.INSTALMENTS.value: Route(instalments.record_proposal),
    Outcome.NOTED.value: Route(notes.record_note),
    Outcome.ESCALATED.value: Route(notes.record_obstacle),
    "leave": Route(leave.read_leave, PLANNERS, in_group=False),
    "new_number": Route(contact_notes.record_new_number),
    "dispute_credit": Route(dispute_answers.read_credit, FINDERS),
    "dispute_credit_echo": Route(dispute_answers.read_credit, FINDERS),
    "dispute_why": Route(dispute_answers.take_why, FINDERS),
    "errand_text": Route(errands.take_text),
    "errand_paper": Route(errands.take_paper),
    "escalation_words": Route(escalations.take_words, DECIDERS),
    "escalation_day": Route(escalations.take_day, DECIDERS),
    "stop_reason": Route(stopping.take_reason, DECIDERS),
    "sales_words": Route(sales_help.take_words, SELLERS),
    "payment": Route(payments.remind_to_press, CONFIRMERS),
}

# What a file is without a question, by its kind ("document" or "photo").
FILES: Mapping[str, Route] = {
    "slip": Route(claims.record_with_slip),
    "later_slip": Route(claims.take_later_slip),
    "errand_paper": Route(errands.take_paper),
    "photo": Route(claims.attach_photo),
    "document": Route(imports.take_file, ANYBODY),
}

# What a message shows, by the first word of its subject: how to draw it as it is now.
REDRAWS: Mapping[str, Callable[[int, Turn], Awaitable[Reply]]] = {
    "follow_up": day.redraw_card,
    "digest": day.redraw_digest,
    "to_send": by_hand.redraw_to_send,
    "escalation": escalations.redraw_escalation,
    "escalations": escalations.redraw_list,
    "sales_note": sales_help.redraw_note,
    "upload": imports.redraw_upload,
    "claim": finance.redraw_claim,
    "dispute": dispute_answers.redraw_dispute,
    "errand": errands.redraw_errand,
    "posted": finance.redraw_posted,
    "payment": placing.redraw_placing,
    "credit": placing.redraw_credit,
}
