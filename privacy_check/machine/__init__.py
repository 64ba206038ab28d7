"""The window to the computer: one interface, the live machine, a folder, and the machine of a case.

Nothing outside this package opens a file of the person's, asks a bus or looks at a process.
"""
