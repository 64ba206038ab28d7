"""Findings in, a report out: what was found, what was covered, what comes first. Pure."""
