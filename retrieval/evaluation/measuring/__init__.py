"""Questions → findings → figures: what is found for each question, and how often and how surely that is right.

Collection ── runs ──→ findings ── metrics, calibration, groups, statistics ──→ figures
"""
