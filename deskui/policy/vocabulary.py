"""The closed sets of words a policy file may use: outcomes, reasons, figures and their kinds."""

from __future__ import annotations

OUTCOMES = frozenset(
    [
        "free",
        "quota",
        "charge",
        "discount",
        "price",
        "quote",
        "unavailable",
        "defer",
        "unknown",
        "ask",
        "callback",
        "serve",
        "deadline",
        "channel",
        "window",
        "class",
        "contact",
        "allowed",
        "accepted",
        "eligible",
        "available",
        "earliest",
        "carry_over",
        "renewable",
        "penalty",
        "limit",
        "may_terminate",
        "not_yet",
        "in_scope",
        "in_warranty",
        "out_of_warranty",
        "discretionary",
        "order",
    ]
)

MONEY_OUTCOMES = frozenset({"charge", "discount", "price"})
"""Outcomes that name an amount: they carry what the terms say of VAT."""

INCLUDED_OUTCOMES = frozenset({"free", "quota", "available", "allowed", "serve", "callback", "in_scope"})
"""Outcomes that cost the caller nothing."""

COSTLY_OUTCOMES = frozenset({"charge", "discount", "quote", "unavailable", "unknown", "defer"})
"""Outcomes a caller would rather have otherwise: they say what would make it free and who may grant it."""

FIGURES: dict[str, str] = {
    # money in baht
    "amount": "money",
    "amount_min": "money",
    "amount_max": "money",
    "list_price": "money",
    "list_price_min": "money",
    "list_price_max": "money",
    "total": "money",
    "per_machine": "money",
    "overtime_amount": "money",
    "overflow_amount_from": "money",
    "onsite_fee": "money",
    "shipping": "money",
    "travel": "money",
    # whole numbers
    "percent": "count",
    "discount_percent": "count",
    "sla_business_hours": "count",
    "sla": "count",
    "remaining_business_minutes": "count",
    "callback_minutes": "count",
    "hours_per_visit": "text",
    "months": "count",
    "skipped_years": "count",
    "carried": "count",
    "deduct_days": "count",
    "deduct_hours": "count",
    "deduct_seats": "count",
    # days and instants
    "last_day": "date",
    "limit_day": "date",
    "next_date": "date",
    "earliest_date": "date",
    "window_end": "date",
    "warranty_end": "date",
    "service_start": "date",
    "service_end": "date",
    "deadline": "instant",
    "safe_deadline": "instant",
    "callback_by": "instant",
    "result_by": "instant",
    "until": "instant",
    # yes or no
    "amount_is_minimum": "flag",
    "purchasable": "flag",
    "supervisor_may_override": "flag",
    "quota_consumed": "flag",
    "channel_open": "flag",
    "allowed": "flag",
    "extra_fee": "flag",
    "joins_next_year_fee": "flag",
    # words
    "reason": "reason",
    "redirect": "text",
    "prerequisite": "text",
    "refer_to": "text",
    "contact": "text",
    "class": "text",
    "state": "text",
    "window": "text",
    "queue": "text",
    "flag": "text",
    "priority": "text",
    "band": "text",
    "method": "text",
    "remedy": "text",
    "when_due": "text",
    "units": "text",
    "topic": "text",
    "included_part": "text",
    "price": "text",
    "frequency": "text",
    "extras": "list",
    "order": "list",
    "rejected": "list",
}
"""Name of every figure a row may give, and its kind."""

GOES_WITH: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("quota", "units", "over", "counter", "used", "with_counters", "ever"), frozenset({"quota"})
    ),
    "amount": frozenset({"charge", "price"}),
    "list_price": frozenset({"discount"}),
    "percent": frozenset({"discount", "price"}),
    "prerequisite": frozenset({"unavailable"}),
    "refer_to": frozenset({"quote"}),
    "after": frozenset({"defer"}),
}
"""Keys of a row that say something with some outcomes only."""

REASONS = frozenset(
    [
        "after_180_days",
        "after_30_days",
        "after_followup",
        "cheque_not_accepted",
        "condition",
        "copyright",
        "customer_admin_task",
        "customer_caused",
        "customer_modified",
        "cycle_ended",
        "cycle_not_started",
        "after_ma_customers",
        "documents_required",
        "email_only",
        "excluded",
        "excluded_8.3",
        "full_prepayment_required",
        "incomplete",
        "lapsed_5_years",
        "ma_required",
        "machine_without_ma",
        "new_requirement",
        "no_after_hours",
        "no_refund",
        "not_allowed",
        "not_basic_service",
        "not_bought_here",
        "not_carried",
        "not_convertible",
        "not_in_signed_document",
        "not_sent_immediately",
        "not_transferable",
        "old_version",
        "out_of_warranty",
        "outside_first_requirement",
        "outside_window",
        "over_1_month",
        "paid_too_late",
        "phone_teaching_excluded",
        "prerequisite_missing",
        "quota_used",
        "refund_at_company_discretion",
        "special_service_not_bought",
        "suspended_non_payment",
        "third_party_product",
        "verify_authority_first",
        "weekdays_only",
        "restricted_day",
        "closed",
        "not_a_channel",
        "method_not_accepted",
    ]
)

HINTS = frozenset({"likely", "amount", "list_price", "pattern", "ask", "refer_to", "text"})

LIKELY = frozenset(
    ["ask", "case_by_case", "charge", "closed", "free", "included", "not_free", "not_included", "old"]
)

HINT_ASK = frozenset({"supervisor", "package", "TOR", "not_stated"})

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

UNTIL = frozenset({"next-opening", "next-workday", "open-ended", *WEEKDAYS})
"""How long what is put off waits."""

TARGET_KINDS = frozenset({"first_response", "callback", "result", "resolution"})

FACT_KINDS = frozenset(
    {"yes_no", "choice", "count", "money", "date", "year", "instant", "province", "text", "list", "table"}
)

DESK_KNOWS = frozenset({"covered_waiting"})
"""What a desk tells by itself: covered_waiting, whether a ticket of the vendor is open whose customer is
under an agreement or in warranty."""

BASES = frozenset({"explicit", "derived", "interpretation", "convention"})

NOT_RECORDED = "not_recorded"
"""A fact that was looked for and that nobody knows."""

LOST = "lost"
"""How a policy file writes a price that its source does not give (any more)."""

NULL = "null"
"""How a policy file writes "known to be none"; TOML has no null."""
