"""gonogo: a go/no-go check of one AI model release against YAML policy packs."""

__version__ = "0.1.0"
