"""Words(language): translated texts, plurals, and dates and numbers as a language writes them."""

import datetime as dt
import gettext
import string
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

SOURCE_LANGUAGE = "en"
RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ps", "ur", "yi", "qps-rtl"})
FSI, PDI = "\u2068", "\u2069"


def safe_format(template: str, source: str, values: Mapping[str, str | int]) -> str:
    """Fill named placeholders; a translation that asks for more falls back to the source."""
    for text in (template, source):
        if is_fillable(text, values):
            return text.format(**values)
    return source


def is_fillable(text: str, values: Mapping[str, str | int]) -> bool:
    """Say whether a template asks only for plain names that are given, without formats."""
    try:
        parts = [p for p in string.Formatter().parse(text) if p[1] is not None]
    except ValueError:
        return False
    return all(name in values and not spec and not conv for _, name, spec, conv in parts)


class Words:
    """One language as pages and papers speak it; screen and paper may hold two different ones."""

    def __init__(
        self,
        language: str = SOURCE_LANGUAGE,
        ui: gettext.NullTranslations | None = None,
        content: gettext.NullTranslations | None = None,
    ) -> None:
        """Take the language tag and its two catalogues; missing texts fall back to English."""
        self.language = language
        self._ui = ui or gettext.NullTranslations()
        self._content = content or gettext.NullTranslations()

    @property
    def is_rtl(self) -> bool:
        """Say whether the language is written from right to left."""
        return self.language.split("_", 1)[0] in RIGHT_TO_LEFT

    def __call__(self, text: str, **values: str | int) -> str:
        """Return an interface text in this language with its named placeholders filled."""
        said = self._ui.gettext(text) if text else ""
        return safe_format(said, text, values) if values else said

    def plural(self, one: str, many: str, n: int, **values: str | int) -> str:
        """Return the form for `n` things; `n` is a placeholder too."""
        source = one if n == 1 else many
        return safe_format(self._ui.ngettext(one, many, n), source, {"n": n, **values})

    def content(self, context: str, text: str) -> str:
        """Return a content text, named by its id (context), or the source where it is missing."""
        return self._content.pgettext(context, text) if text else ""

    def has_content(self, context: str, text: str) -> bool:
        """Say whether a content text is translated into this language (English always is)."""
        return self.language == SOURCE_LANGUAGE or self.content(context, text) != text

    def number(self, value: Fraction | int, decimals: int = 0) -> str:
        """Return a number as this language writes it, rounded half up."""
        from babel.numbers import format_decimal  # noqa: PLC0415  (50 ms; not before first paint)

        exact = Decimal(Fraction(value).numerator) / Decimal(Fraction(value).denominator)
        step = Decimal(1).scaleb(-decimals)
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        rounded = exact.quantize(step, ROUND_HALF_UP)
        return str(format_decimal(rounded, format=pattern, locale=self.locale))

    def percent(self, value: Fraction) -> str:
        """Return a share of one as a percentage without decimals."""
        from babel.numbers import format_percent  # noqa: PLC0415  (as above)

        whole = Decimal(value.numerator * 100) / Decimal(value.denominator)
        rounded = whole.quantize(Decimal(1), ROUND_HALF_UP) / 100
        return str(format_percent(rounded, locale=self.locale))

    def date(self, day: dt.date, form: str = "long") -> str:
        """Return a date as this language writes it."""
        from babel.dates import format_date  # noqa: PLC0415  (as above)

        return str(format_date(day, format=form, locale=self.locale))

    def time(self, moment: dt.datetime) -> str:
        """Return the hour and minute as this language writes them."""
        from babel.dates import format_time  # noqa: PLC0415  (as above)

        return str(format_time(moment.time(), format="short", locale=self.locale))

    def listing(self, items: Sequence[str]) -> str:
        """Return "a, b and c" as this language joins it."""
        from babel.lists import format_list  # noqa: PLC0415  (as above)

        return str(format_list(list(items), locale=self.locale)) if items else ""

    @property
    def locale(self) -> str:
        """Return the locale name Babel knows this language by."""
        if self.language.startswith("qps"):
            return "he" if self.is_rtl else SOURCE_LANGUAGE
        return self.language.replace("-", "_").replace("cnr", "sr_Latn_ME")


def isolate(name: str) -> str:
    """Wrap an inserted name so that its direction cannot disturb the sentence around it."""
    return f"{FSI}{name}{PDI}"
