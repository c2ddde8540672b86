"""Times and durations as people read them, by the locale in force. Input is seconds since the epoch, local time out."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from PySide6.QtCore import QDate, QLocale, QTime

from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}
_TODAY = QT_TRANSLATE_NOOP("Day", "Today")
_YESTERDAY = QT_TRANSLATE_NOOP("Day", "Yesterday")


def timer_text(elapsed_s: float) -> str:
    """A running time as 02:31, or 1:02:31 from an hour on."""
    seconds = max(0, int(elapsed_s))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def time_text(at_s: float) -> str:
    """The time of day, short (14:05 or 2:05 PM)."""
    moment = datetime.fromtimestamp(at_s)
    return QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def local_day(at_s: float) -> date:
    """The calendar day of a moment on this desk."""
    return datetime.fromtimestamp(at_s).date()


def day_text(day: date, today: date) -> str:
    """A day as a heading: Today, Yesterday, else weekday and date; the year only when it is another one."""
    age_days = (today - day).days
    if age_days == 0:
        return sentence("Day", _TODAY)
    if age_days == 1:
        return sentence("Day", _YESTERDAY)
    locale = QLocale()
    shown = QDate(day.year, day.month, day.day)
    if day.year == today.year:
        text = locale.toString(shown, _without_year(locale))
    else:
        text = locale.toString(shown, QLocale.FormatType.LongFormat)
    return text[:1].upper() + text[1:]


def short_date_text(day: date) -> str:
    """A day in figures, with its year."""
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


def count_text(number: int) -> str:
    """A count with the locale's grouping (12,480 or 12 480)."""
    return QLocale().toString(number)


def money_text(amount: str, currency: str) -> str:
    """A sum as people write it: €12,400.50, CHF 12,400 or 12 400,50 €; cents only where there are any.

    `amount` is a plain decimal of at most 20 digits before the point, `currency` ISO 4217 or "".
    """
    rounded = Decimal(amount).quantize(Decimal("0.01"))
    whole, cents = f"{abs(rounded):,.2f}".split(".")
    locale = QLocale()
    number = whole.replace(",", locale.groupSeparator())
    if cents != "00":
        number += f"{locale.decimalPoint()}{cents}"
    minus = locale.negativeSign() if rounded < 0 else ""
    unit = _SYMBOLS.get(currency, currency)
    if not unit:
        return minus + number
    if locale.language() == QLocale.Language.French:
        return f"{minus}{number}\u00a0{unit}"
    return f"{minus}{unit}{number}" if unit in _SYMBOLS.values() else f"{minus}{unit}\u00a0{number}"


def decimal_text(number: float) -> str:
    """With one decimal, as the language writes it."""
    return QLocale().toString(number, "f", 1)


def percent_text(share: float) -> str:
    """A share of 1.0 as a whole percentage."""
    number = QLocale().toString(round(share * 100))
    return f"{number}\u00a0%" if QLocale().language() == QLocale.Language.French else f"{number}%"


def _without_year(locale: QLocale) -> str:
    """The locale's long date pattern without its year ("dddd d MMMM")."""
    pattern = locale.dateFormat(QLocale.FormatType.LongFormat)
    return pattern.replace("yyyy", "").replace(",  ", ", ").strip(" ,.")


def pairing_code_text(code: str) -> str:
    """Six digits in two groups, as people read them out."""
    return f"{code[:3]}\u00a0{code[3:]}"
