"""The rule book: what is advised and where settings live. It knows no machine."""
