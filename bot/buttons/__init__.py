"""Every button there is, as a typed wish: a verb and ids, no permission and no amount (house rule of this package)."""

from bot.buttons.card import (
    AnswerReplied,
    AskNumber,
    CallLater,
    ChooseOutcome,
    CorrectOutcome,
    ListCards,
    MarkSent,
    NextToSend,
    NoAnswer,
    OpenCard,
    OpenRecord,
    ShowHistory,
    ShowOthers,
    SkipCard,
    StartCards,
    Undo,
    When,
)
from bot.buttons.checks import AllRight, OpenCheck, SaveCheck, ToggleCheck
from bot.buttons.dates import ConfirmDate, DatePurpose, PickDate, ShowDates, ShowMonth
from bot.buttons.deciding import DecideMonth, ExplainStop, ResumeChase
from bot.buttons.desk import (
    AnswerClaim,
    ApproveTogether,
    AttachSlip,
    Cancel,
    ChooseLanguage,
    ConfirmImport,
    ConfirmPayment,
    Decide,
    DecideDate,
    ListEscalations,
    MarkPosted,
    OpenEscalation,
    Reassigned,
    ReassignToday,
)
from bot.buttons.disputes import AcceptDispute, AcceptPart, AnswerDispute, OpenDispute, PostCredit, ShowCauses
from bot.buttons.errands import FinishErrand, ListErrands, OpenErrand
from bot.buttons.exchanges import AskForInvoice, ExchangeInvoice, ExchangeOn, SendInvoice
from bot.buttons.imports import AnswerImport, CancelImport
from bot.buttons.letters import ApproveLetter, ChooseDeadline, LetterHanded, OpenLetter, WithdrawLetter
from bot.buttons.money import (
    AskAmount,
    ConfirmPart,
    DisputeCauseChosen,
    DisputeInvoice,
    DisputePart,
    PickInvoice,
    ShowInvoices,
)
from bot.buttons.packing import Button, ButtonTooLong, UnknownButton, kinds, pack, unpack
from bot.buttons.people import ShowHelp
from bot.buttons.placing import (
    AskReversal,
    AskWhichLater,
    ConfirmCredit,
    ConfirmReversal,
    CreditKindChosen,
    DocumentReceived,
    KeepAsCredit,
    PlaceOldest,
    PlaceOn,
    PlaceTicked,
    RejectDeduction,
    ReversalReasonChosen,
    ShowPayments,
    ShowPlacing,
    TickInvoice,
    UseCredit,
)
from bot.buttons.plans import (
    ChooseTerm,
    ConfirmPlan,
    ConfirmRelief,
    PlanCount,
    PlanPaidBy,
    PlanRhythm,
    RecordConsent,
)
from bot.buttons.sales import OpenSalesNote, SalesSpoke
from bot.buttons.staffing import (
    AskCap,
    AskLeave,
    ChooseCover,
    ConfirmLeave,
    ConfirmMove,
    EndLeave,
    ListCollectorCards,
    ListCollectorPromises,
    ListCollectors,
    ListPool,
    MoveAll,
    MovePayer,
    MovePayerTo,
    MoveSome,
    MoveTo,
    OpenCollector,
    ShowPayerHistory,
    TakeFromPool,
)
from bot.buttons.takings import (
    AnswerCash,
    AnswerGiro,
    ListCash,
    PickBank,
    PickGiroDay,
    ShowGiroMonth,
    TakeAll,
)
from bot.buttons.visits import AskVisitProof, AssignVisit, CallOffVisit, OpenVisit, VisitMet, VisitNotMet, VisitOn
