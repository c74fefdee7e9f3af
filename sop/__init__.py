"""The procedure as pure rules: no input or output, no clock, standard library only.

What happens on which day stands in `ladder`, every number in `policy`, every date rule in `calendar` and `hours`.
Callers pass `today` and `now`; the rules answer with values or raise a `refusal.Refused`.
"""
