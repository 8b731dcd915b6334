"""Shape: reading a checklist's raw tree field by field, refusing what is not what it should be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NoReturn

from fieldkit.core.errors import N_, UserError

MOST_WEIGHT = 1000
WEIGHT_DECIMALS = 6
LONGEST_ID = 40


@dataclass(frozen=True, slots=True)
class Node:
    """One table of the tree, with the place it stands at for complaints."""

    table: Mapping[str, object]
    where: str

    def text(self, key: str) -> str:
        """Return a text, empty where it is missing."""
        value = self.table.get(key, "")
        return value if isinstance(value, str) else self._refuse(key)

    def id(self) -> str:
        """Return the id every entry must have."""
        value = self.text("id")
        if not value or len(value) > LONGEST_ID or not value.isprintable():
            self._refuse("id")
        return value

    def flag(self, key: str) -> bool:
        """Return a yes/no value, no where it is missing."""
        value = self.table.get(key, False)
        return value if isinstance(value, bool) else self._refuse(key)

    def whole(self, key: str, default: int) -> int:
        """Return an integer, or the default where it is missing."""
        value = self.table.get(key, default)
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        return value if isinstance(value, int) and is_whole else self._refuse(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where it is missing."""
        return tuple(
            v if isinstance(v, str) else self._refuse(key) for v in self._list(key, default=())
        )

    def nodes(self, key: str) -> tuple["Node", ...]:
        """Return the tables of a list, empty where it is missing."""
        return tuple(
            Node(v, f"{self.where}{key}[{i}].") if isinstance(v, Mapping) else self._refuse(key)
            for i, v in enumerate(self._list(key, default=()))
        )

    def node(self, key: str) -> "Node":
        """Return a table inside this one, empty where it is missing."""
        value = self.table.get(key, {})
        inner = value if isinstance(value, Mapping) else self._refuse(key)
        return Node(inner, f"{self.where}{key}.")

    def weight(self) -> Fraction:
        """Return the weight of a question: above 0, at most 1000, six decimals, 1 if missing."""
        value = self.table.get("weight", 1)
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            self._refuse("weight")
        exact = Decimal(str(value))
        if not exact.is_finite() or not 0 < exact <= MOST_WEIGHT:
            self._refuse("weight")
        exponent = exact.as_tuple().exponent
        if isinstance(exponent, int) and exponent < -WEIGHT_DECIMALS:
            self._refuse("weight")
        return Fraction(exact)

    def _list(self, key: str, default: Sequence[object]) -> Sequence[object]:
        value = self.table.get(key, default)
        is_list = isinstance(value, Sequence) and not isinstance(value, str | bytes)
        return value if isinstance(value, Sequence) and is_list else self._refuse(key)

    def _refuse(self, key: str) -> NoReturn:
        raise UserError(
            "E_MODEL_SHAPE",
            N_(
                "The checklist cannot be used: {where} is missing or has a wrong kind of value. "
                "Correct it in the file and try again. Nothing was changed."
            ),
            where=(self.where + key)[:120],
        )
