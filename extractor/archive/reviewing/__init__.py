"""People look at what the rules read: accept, correct, reject, add, undo; gold and examples out.

Nothing here prints or asks. A screen takes fields from :mod:`queueing`, shows what :mod:`looking`
tells of each, and hands decisions to :mod:`deciding`, :mod:`supplying`, :mod:`accepting` and
:mod:`undoing`. Decisions end up in ``reviews``: who, when, the value before and after, rule and
confidence as they were, and every row that changed, so that any of them can be undone.
"""
