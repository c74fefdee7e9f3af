"""Commands, and what a typed text, a place or a file answers."""

from __future__ import annotations

from collections.abc import Mapping

from bot.handlers import (
    claims,
    collectors,
    contact_notes,
    credits,
    dates,
    day,
    deductions,
    dispute_answers,
    disputes,
    errands,
    escalations,
    exchanges,
    guide,
    imports,
    instalments,
    invoice_papers,
    language,
    leave,
    notes,
    payments,
    promise_list,
    promises,
    relief,
    report,
    sales_help,
    search,
    stopping,
    takings,
    visits,
)
from bot.routes import ANYBODY, Route
from bot.routing.who import FINDERS, PLANNERS, SELLERS
from sop.outcomes import Outcome
from sop.people import CONFIRMERS, DECIDERS

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
    "kredit": Route(credits.ask_credit, CONFIRMERS, in_group=False),
    "credit": Route(credits.ask_credit, CONFIRMERS, in_group=False),
    "kolektor": Route(collectors.show_collectors, DECIDERS, in_group=False),
    "collectors": Route(collectors.show_collectors, DECIDERS, in_group=False),
    "laporan": Route(report.show_report, PLANNERS, in_group=False),
    "report": Route(report.show_report, PLANNERS, in_group=False),
    "cuti": Route(leave.ask_leave, PLANNERS, in_group=False),
    "leave": Route(leave.ask_leave, PLANNERS, in_group=False),
    "impor": Route(imports.explain_import, DECIDERS),
    "import": Route(imports.explain_import, DECIDERS),
    "sanggahan": Route(dispute_answers.show_disputes, CONFIRMERS, in_group=False),
    "disputes": Route(dispute_answers.show_disputes, CONFIRMERS, in_group=False),
    "tugas": Route(day.show_tasks),
    "tasks": Route(day.show_tasks),
}

# By the kind of the question that is open.
ANSWERS: Mapping[str, Route] = {
    "visit_proof": Route(visits.take_proof),
    "": Route(search.find_typed, ANYBODY),  # nobody asked: a private text is a search
    "search": Route(search.find_typed, ANYBODY, in_group=True),
    "date": Route(dates.read_date),
    "promise_amount": Route(promises.read_amount),
    "paid_part": Route(claims.read_part),
    "slip": Route(claims.record_with_slip),
    "taking": Route(takings.read_answer),
    "later_slip": Route(claims.take_later_slip),
    "dispute_amount": Route(disputes.read_amount),
    "dispute_note": Route(disputes.add_note),
    "plan_typed": Route(instalments.read_plan),
    "plan_consent": Route(instalments.record_consent),
    "relief_typed": Route(relief.read_relief),
    "term_typed": Route(relief.read_term),
    Outcome.NOTED.value: Route(notes.record_note),
    Outcome.ESCALATED.value: Route(notes.record_obstacle),
    "card_cap": Route(collectors.take_cap, DECIDERS, in_group=False),
    "leave": Route(leave.read_leave, PLANNERS, in_group=False),
    "new_number": Route(contact_notes.record_new_number),
    "dispute_credit": Route(dispute_answers.read_credit, FINDERS),
    "dispute_credit_echo": Route(dispute_answers.read_credit, FINDERS),
    "dispute_why": Route(dispute_answers.take_why, FINDERS),
    "exchange_date": Route(exchanges.read_day),
    "exchange_photo": Route(exchanges.record_exchange),
    "errand_text": Route(errands.take_text),
    "errand_paper": Route(errands.take_paper),
    "escalation_words": Route(escalations.take_words, DECIDERS),
    "escalation_day": Route(escalations.take_day, DECIDERS),
    "stop_reason": Route(stopping.take_reason, DECIDERS),
    "sales_words": Route(sales_help.take_words, SELLERS),
    "payment": Route(payments.remind_to_press, CONFIRMERS),
    "credit_note": Route(payments.remind_to_press, CONFIRMERS),
    "tax_document": Route(deductions.take_document),
}

# By the kind of the question that is open, or of the file itself.
FILES: Mapping[str, Route] = {
    "visit_proof": Route(visits.take_proof),
    "tax_document": Route(deductions.take_document),
    "slip": Route(claims.record_with_slip),
    "taking": Route(takings.take_photo),
    "later_slip": Route(claims.take_later_slip),
    "errand_paper": Route(errands.take_paper),
    "exchange_photo": Route(exchanges.record_exchange),
    "plan_consent": Route(instalments.record_consent),
    "photo": Route(claims.attach_photo),
    "pdf": Route(invoice_papers.take_pdf, ANYBODY),
    "document": Route(imports.take_file, ANYBODY),
}
