"""A field for a day, with a calendar in the colours of the window."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QIcon, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QToolButton

from second_me.app.words import tr


def day_field(day: QDate, name: str, look: str = "") -> QDateEdit:
    """`name` is for screen readers; looks: "" and small."""
    field = QDateEdit(day)
    field.setCalendarPopup(True)
    field.setAccessibleName(name)
    if look:
        field.setProperty("look", look)
    _calm(field.calendarWidget())
    return field


def _calm(calendar: QCalendarWidget) -> None:
    """Qt's red weekends and its black arrows are in neither palette."""
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(weekday, QTextCharFormat())
    arrows = (
        ("qt_calendar_prevmonth", "‹", tr("Month before")),
        ("qt_calendar_nextmonth", "›", tr("Month after")),
    )
    for part, sign, name in arrows:
        arrow = calendar.findChild(QToolButton, part)
        if arrow is not None:
            arrow.setIcon(QIcon())
            arrow.setText(sign)
            arrow.setAccessibleName(name)
