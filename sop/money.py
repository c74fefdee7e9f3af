"""Amounts in rupiah, counted in whole sen. Nothing in this project holds an amount as a float."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

SEN_PER_RUPIAH = 100


class HasSen(ValueError):
    """The amount is not a whole number of rupiah."""


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in sen (a hundredth of a rupiah). Negative only as the difference of two amounts.

    Raises TypeError when `sen` is not an int, so that a float cannot slip in.
    """

    sen: int

    ZERO: ClassVar[Money]

    def __post_init__(self) -> None:
        if type(self.sen) is not int:
            raise TypeError(f"an amount is counted in whole sen, not {self.sen!r}")

    @classmethod
    def rupiah(cls, whole: int) -> Money:
        """The amount of so many whole rupiah."""
        return cls(whole * SEN_PER_RUPIAH)

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        """The sum of the amounts; zero when there are none."""
        return cls(sum(amount.sen for amount in amounts))

    @property
    def rupiah_exact(self) -> int:
        """The amount in whole rupiah. Raises HasSen when sen would be lost."""
        if self.has_sen:
            raise HasSen(f"{self.sen} sen is not a whole number of rupiah")
        return self.whole()

    @property
    def has_sen(self) -> bool:
        """True when the amount is not a whole number of rupiah."""
        return self.sen % SEN_PER_RUPIAH != 0

    def whole(self) -> int:
        """Whole rupiah for a screen: half a rupiah and more is rounded away from zero."""
        rupiah = (abs(self.sen) + SEN_PER_RUPIAH // 2) // SEN_PER_RUPIAH
        return rupiah if self.sen >= 0 else -rupiah

    def positive(self) -> Money:
        """The amount itself, or zero when it is negative: what is left of a balance never goes below nothing."""
        return self if self.sen > 0 else Money.ZERO

    def split(self, parts: int) -> tuple[Money, ...]:
        """Equal parts in whole rupiah; the last one takes what does not divide, sen included.

        Raises ValueError when `parts` is below 1.
        """
        if parts < 1:
            raise ValueError(f"cannot split into {parts} parts")
        each = Money(self.sen // parts // SEN_PER_RUPIAH * SEN_PER_RUPIAH)
        return (*((each,) * (parts - 1)), self - each * (parts - 1))

    def __add__(self, other: Money) -> Money:
        return Money(self.sen + other.sen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.sen - other.sen)

    def __neg__(self) -> Money:
        return Money(-self.sen)

    def __mul__(self, times: int) -> Money:
        return Money(self.sen * times)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.sen != 0


Money.ZERO = Money(0)
