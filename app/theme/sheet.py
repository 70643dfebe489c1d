"""The stylesheet, as a template over the tokens. `$name` is a role, a text size in points, or a length."""

from __future__ import annotations

from string import Template
from typing import Final

_TEMPLATE: Final = Template("""
QWidget { color: $text; font-size: $body; }
QToolTip { color: $text; background: $raised; border: 1px solid $border; padding: 4px 8px; }
QFrame[plane="background"] { background: $background; border: none; }
QFrame[plane="surface"] { background: $surface; border: none; }
QFrame[line="across"] { background: $border; border: none; max-height: 1px; min-height: 1px; }
QFrame[line="down"] { background: $border; border: none; max-width: 1px; min-width: 1px; }
QFrame[card="true"] { background: $surface; border: 1px solid $border; border-radius: ${card}px; }
QFrame[card="true"][chosen="true"] { border: 1px solid $accent; }
QFrame[card="true"]:focus { border: 1px solid $accent; }
QFrame[card="true"][tone="warn"] { border: 1px solid $warn; }
QFrame[bubble="true"] { background: $accent_soft; border: 1px solid $accent_soft;
  border-radius: ${card}px; }
QFrame[bubble="true"][temporary="true"] { border: 1px dashed $accent; }
QFrame[composer="true"] { background: $raised; border: 1px solid $border; border-radius: ${card}px; }
QFrame[composer="true"][active="true"] { border: 1px solid $accent; }
QFrame[composer="true"][temporary="true"] { border: 1px dashed $accent; }
QFrame[toast="true"] { background: $text; border: none; border-radius: ${control}px; }
QFrame[toast="true"] QLabel { color: $surface; background: transparent; }
QFrame[toast="true"] QPushButton { color: $surface; background: transparent; font-weight: 600;
  text-decoration: underline; border: 1px solid transparent; border-radius: 4px; padding: 2px 4px; }
QFrame[toast="true"] QPushButton:focus { border: 1px solid $surface; }

QLabel { background: transparent; }
QLabel[look="muted"] { color: $muted; font-size: $small; }
QLabel[look="tiny"] { color: $muted; font-size: $tiny; }
QLabel[look="section"] { color: $muted; font-size: $small; letter-spacing: 0.4px; }
QLabel[look="heading"] { font-size: $reading; font-weight: 600; }
QLabel[look="title"] { font-size: $title; font-weight: 600; }
QLabel[look="strong"] { font-weight: 600; }
QLabel[look="reading"] { font-size: $reading; }
QLabel[look="good"] { color: $good; font-size: $small; }
QLabel[look="warn"] { color: $warn; font-size: $small; }
QLabel[look="danger"] { color: $danger; font-size: $small; }
QLabel[look="past"] { color: $muted; }
QLabel[look="code"] { font-size: $title; font-weight: 600; letter-spacing: 4px; background: $raised;
  border: 1px solid $border; border-radius: ${control}px; padding: 10px 18px; }
QLabel[look="strong-small"] { font-size: $small; font-weight: 600; }
QLabel[look="strong-small"][tone="warn"] { color: $warn; }
QFrame[fieldrow="true"] { background: transparent; border: none; border-bottom: 1px solid $border; }
QFrame[fieldrow="true"][last="true"] { border: none; }
QFrame[factrow="true"] { background: transparent; border: 1px solid transparent;
  border-radius: ${control}px; }
QFrame[factrow="true"][hovered="true"] { background: $background; }
QFrame[factrow="true"]:focus { border: 1px solid $accent; }
QLabel[look="number"] { color: $accent; background: $accent_soft; font-size: $tiny; font-weight: 700;
  border-radius: 5px; padding: 1px 6px; }
QLabel[look="number"][chosen="true"] { color: $on_accent; background: $accent; }

QPushButton { background: $surface; border: 1px solid $border; border-radius: ${control}px;
  padding: 6px 12px; }
QPushButton:hover { background: $selection; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:disabled { color: $muted; background: $background; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
  font-weight: 600; }
QPushButton[look="primary"]:focus { border: 2px solid $text; padding: 5px 11px; }
QPushButton[look="primary"]:disabled { background: $selection; color: $muted; border-color: $selection; }
QPushButton[look="danger"] { color: $danger; }
QPushButton[look="danger"]:focus { border: 1px solid $danger; }
QPushButton[look="link"] { background: transparent; border: none; border-bottom: 1px solid transparent;
  border-radius: 0; color: $muted; font-size: $small; padding: 2px 0 1px 0; text-align: left; }
QPushButton[look="link"]:hover { color: $text; text-decoration: underline; }
QPushButton[look="link"]:focus { background: $accent_soft; border-bottom: 1px solid $accent; color: $text; }
QPushButton[look="link"][tone="accent"] { color: $accent; }
QPushButton[look="link"][tone="danger"] { color: $danger; }
QPushButton[look="link"]:disabled { color: $muted; text-decoration: none; }
QPushButton[look="chip"] { background: $surface; border: 1px solid $border; border-radius: 12px;
  padding: 3px 11px; font-size: $small; color: $muted; }
QPushButton[look="chip"]:hover { color: $text; }
QPushButton[look="chip"]:checked { background: $accent_soft; color: $accent; border: 1px solid $accent_soft;
  font-weight: 600; }
QPushButton[look="chip"][tone="warn"] { color: $warn; }
QPushButton[look="chip"]:focus { border: 1px solid $accent; }
QPushButton[look="row"] { background: transparent; border: 1px solid transparent; text-align: left;
  padding: 7px 10px; }
QPushButton[look="row"]:hover { background: $selection; }
QPushButton[look="row"]:checked { background: $selection; font-weight: 600; }
QPushButton[look="row"]:focus { border: 1px solid $accent; }
QPushButton::menu-indicator { width: 0; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: ${control}px;
  padding: 4px; }
QToolButton:hover { background: $selection; }
QToolButton:focus { border: 1px solid $accent; }
QToolButton::menu-indicator { width: 0; image: none; }
QToolButton[look="framed"] { background: $surface; border: 1px solid $border; }
QToolButton[look="framed"]:hover { background: $selection; }
QToolButton[look="framed"]:checked { background: $accent_soft; border: 1px dashed $accent; }
QToolButton[look="framed"]:focus { border: 1px solid $accent; }
QToolButton[look="filled"] { background: $accent; border: 1px solid $accent; }
QToolButton[look="filled"]:disabled { background: $border; border: 1px solid $border; }
QToolButton[look="filled"]:focus { border: 2px solid $text; padding: 3px; }
QToolButton[look="rail"] { color: $muted; font-size: $tiny; padding: 8px 0 5px 0; }
QToolButton[look="rail"]:hover { background: $selection; color: $text; }
QToolButton[look="rail"]:checked { background: $accent_soft; color: $accent; font-weight: 700; }
QToolButton[look="rail"]:focus { border: 1px solid $accent; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit { background: $raised;
  border: 1px solid $border; border-radius: ${control}px; padding: 6px 10px;
  selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $muted; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus {
  border: 1px solid $accent; }
QLineEdit[quiet="true"], QPlainTextEdit[quiet="true"], QComboBox[quiet="true"] { color: $muted; }
QDateEdit[look="small"] { padding: 2px 8px; font-size: $small; }
QDateEdit[look="small"]::drop-down { width: 20px; }
QLineEdit[look="search"] { background: $surface; padding: 6px 2px; }
QPlainTextEdit[look="plain"] { background: transparent; border: none; padding: 0; font-size: $reading; }
QTextBrowser[look="plain"] { background: transparent; border: none; padding: 0; font-size: $reading; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 26px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("$chevron"); width: 14px; height: 14px; }
QComboBox[look="list"] { combobox-popup: 0; }
QCalendarWidget QWidget { background: $surface; alternate-background-color: $background; color: $text; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $background; }
QCalendarWidget QToolButton { color: $text; background: transparent; padding: 4px 8px; }
QCalendarWidget QAbstractItemView { background: $surface; outline: none; selection-color: $on_accent;
  selection-background-color: $accent; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; outline: none;
  selection-background-color: $accent_soft; selection-color: $text; }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $muted;
  background: $surface; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:checked { background: $accent; border: 1px solid $accent; image: url("$check"); }
QCheckBox::indicator:disabled { border: 1px solid $border; background: $background; }
QRadioButton::indicator:checked { background: $surface; border: 4px solid $accent; width: 8px; height: 8px; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $accent; border-radius: 4px; }
QSlider::groove:horizontal { height: 6px; background: $border; border-radius: 3px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 3px; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -6px 0; border-radius: 9px;
  background: $surface; border: 2px solid $accent; }
QSlider::handle:horizontal:focus { background: $accent; }
QSlider::handle:horizontal:disabled { border: 2px solid $muted; }
QProgressBar { background: $border; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QTabBar::tab { background: transparent; color: $muted; padding: 6px 12px;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar:focus { border: 1px solid $accent; }

QListView, QTreeView, QTableView { background: transparent; border: none; outline: none; }
QListView::item { border: 1px solid transparent; border-radius: ${control}px; padding: 6px 10px; }
QListView::item:selected { background: $selection; color: $text; }
QMenu { background: $surface; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 6px; background: transparent; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: $border; border-radius: 3px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $border; }
QDialog { background: $background; }
""")


def sheet(values: dict[str, object]) -> str:
    """The stylesheet with every place filled; a place without a value is a KeyError."""
    return _TEMPLATE.substitute(values)
