"""fieldkit: an offline toolkit for police digital maturity assessment and strategy drafting."""

__version__ = "0.1.0"
