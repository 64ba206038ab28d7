"""Makers: each module runs one real program in a temporary home and leaves its real files.

Nothing here is a test and nothing here pretends to be a program.
"""
