"""The same person and the same event across releases: linked with a score and reasons.

``reading`` the archive release by release; ``profiles`` and ``happenings`` are what is compared,
``frequencies`` how rare what they say is, ``people`` and ``events`` compare them in bits,
``blocking`` tells which pairs are compared, ``clustering`` which belong together, ``planning`` and
``writing`` make links of it, ``running`` does all of it; ``operations`` are what people decide
(merge, split, confirm, reject, undo), ``entities`` and ``differences`` what is shown of it.
"""
