"""Findings → figures: what was found for each question, and how often, how well and how surely it was right.

Collection ── runs ──→ findings ── metrics, calibration, groups, statistics ──→ figures
"""
