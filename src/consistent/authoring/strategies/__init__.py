"""Hypothesis strategies: proposals in the terms of a pack (`of_pack`), aimed at one rule (`aimed`), and random packs (`random_packs`).

`consistent.testing` offers them. Nothing is imported here, as hypothesis imports `registering` when it is not wholly there yet.
"""
