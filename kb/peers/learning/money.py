"""What something costs: an amount in a currency, or that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator, model_validator

from kb.peers.narrative import UNKNOWN, Part, flaw
from kb.peers.parts import Number

_WRITTEN = (
    # ISO 4217 as of 2025: money that is paid with; no metals, funds, testing codes.
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC "
    "CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK "
    "JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR "
    "MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP "
    "STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW "
    "ZWG"
)
CURRENCIES = frozenset(_WRITTEN.split())
MAX_AMOUNT = 10**12


class Money(Part):
    """An amount; or ``unknown``, which is an amount of ``None`` in no currency.

    Attributes:
        currency: ISO 4217 code.
    """

    amount: Number | None = None
    currency: Annotated[str, Field(validate_default=True)] = ""

    @model_validator(mode="before")
    @classmethod
    def _unknown(cls, given: Any) -> Any:
        return {} if isinstance(given, str) and given.strip() == UNKNOWN else given

    @field_validator("amount")
    @classmethod
    def _payable(cls, amount: float | None) -> float | None:
        if amount is not None and not 0 <= amount <= MAX_AMOUNT:
            raise flaw(f"{amount} is no amount; wanted is one from 0 to {MAX_AMOUNT:,}")
        return amount

    @field_validator("currency")
    @classmethod
    def _known(cls, currency: str, info: ValidationInfo) -> str:
        if currency and currency not in CURRENCIES:
            raise flaw(f"“{currency[:20]}” is no code of ISO 4217 such as EUR, INR or XOF")
        if bool(currency) != (info.data.get("amount") is not None) and "amount" in info.data:
            raise flaw("an amount has a currency, and what nobody knows has none")
        return currency

    @property
    def is_unknown(self) -> bool:
        """It costs something, and nobody knows how much."""
        return self.amount is None


@dataclass(frozen=True)
class Total:
    """What several things cost together.

    Attributes:
        by_currency: sums, by code; nothing is converted.
        n_unknown: things of which nobody knows it.
        n_unsaid: things of which nothing is said.
    """

    by_currency: tuple[tuple[str, Decimal], ...]
    n_unknown: int
    n_unsaid: int


def total(costs: Iterable[Money | None]) -> Total:
    """Summed by currency, in the order of codes."""
    sums: dict[str, Decimal] = {}
    n_unknown = n_unsaid = 0
    for each in costs:
        if each is None:
            n_unsaid += 1
        elif each.amount is None:
            n_unknown += 1
        else:
            sums[each.currency] = sums.get(each.currency, Decimal(0)) + Decimal(str(each.amount))
    return Total(tuple(sorted(sums.items())), n_unknown, n_unsaid)
