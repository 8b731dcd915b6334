"""The machine under our feet: paths, settings, translations, log, crash."""
