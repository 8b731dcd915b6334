"""Bundles: values in, values out; knows no database."""
