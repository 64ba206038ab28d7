"""A report in, text out: for a terminal, as JSON, as Markdown. Pure."""
