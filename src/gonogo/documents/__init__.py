"""Documents: what commands for rule authors print, as blocks, for a terminal or as Markdown."""
