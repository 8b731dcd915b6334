"""The sample: a made-up engagement to learn and to show the work with."""
