"""Readings and rules in, findings out. Pure: no clock, files, environment or network."""
