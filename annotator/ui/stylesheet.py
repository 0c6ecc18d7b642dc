"""The one style sheet, built from a theme's tokens; object names tell widgets apart."""

import re

from annotator.ui.theme import Theme

_TEMPLATE = """
QWidget { color: @text; }
QMainWindow, QDialog, #page { background: @window; }
QToolTip { background: @surface; color: @text; border: 1px solid @border_strong; padding: 4px; }
#topbar { background: @panel; border: 0; border-bottom: 1px solid @border; }
#statusbar { background: @panel; border: 0; border-top: 1px solid @border; }
#documents, #inspector { background: @panel; border: 0; }
#foot { border: 0; border-top: 1px solid @border; background: @panel; }
#advice { border: 0; border-top: 1px solid @border_strong; background: @panel; }
#article, #findbar, #alike { background: @article; border: 0; }
#alike { border-top: 1px solid @border; }
#article QPlainTextEdit { background: @article; border: 0; padding: 0; color: @text;
  selection-background-color: @selection; selection-color: @text; }
QSplitter::handle { background: @border; }
QSplitter::handle:hover { background: @accent; }
QLabel { background: transparent; }
QLabel#dim, QLabel#header { color: @text_dim; }
QLabel#strong, QLabel#file { font-weight: 700; }
QLabel#saved { color: @saved; }
QLabel#failed { color: @error; font-weight: 700; }
QLabel#readonly { color: @warning; font-weight: 700; }
QLabel#mode { color: @accent; font-weight: 700; }
QLabel#heading { color: @text_dim; font-weight: 700; font-size: %heading; }
QLabel#pagetitle { font-weight: 700; font-size: %page_title; }
QLabel#keycap { background: @key; color: @key_text; border: 1px solid @border_strong;
  border-radius: %small_radius; padding: 1px 5px; font-size: %key; }
QLabel#hint { background: @accent; color: @accent_text; border-radius: %small_radius;
  padding: 1px 5px; font-size: %key; font-weight: 700; }
QLineEdit, QPlainTextEdit#field, QTextEdit, QComboBox, QSpinBox, QDateEdit {
  background: @surface; color: @text; border: 1px solid @border_strong;
  border-radius: %control_radius; padding: 5px 9px; selection-background-color: @selection;
  selection-color: @text; }
QLineEdit:focus, QPlainTextEdit#field:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus,
QDateEdit:focus { border: %focus solid @focus; padding: 4px 8px; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: @text_disabled; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: 0; }
QComboBox QAbstractItemView { background: @surface; color: @text; border: 1px solid @border_strong;
  selection-background-color: @selected_row; selection-color: @text; outline: 0; }
QComboBox#choice::drop-down { border: 0; width: 20px; }
QCheckBox#check { spacing: 6px; border: %focus solid transparent; padding: 1px; }
QCheckBox#check:focus { border: %focus solid @focus; border-radius: %small_radius; }
QCheckBox#check::indicator { width: 13px; height: 13px; border: 1px solid @border_strong;
  border-radius: 3px; background: @surface; }
QCheckBox#check::indicator:checked { background: @accent; border-color: @accent; }
QCheckBox#check:disabled { color: @text_disabled; }
QLineEdit { placeholder-text-color: @text_disabled; }
QListView, QTreeView, QTableView { background: @panel; border: 0; outline: 0;
  selection-background-color: @selected_row; selection-color: @text; }
QTableView#ledgertable, QTableView#cards, #ledger QTableCornerButton::section {
  background: @window; border: 0; }
#ledger { background: @window; }
#ledger QHeaderView { background: @window; border: 0; }
#ledger QHeaderView::section { background: @window; color: @text_dim; border: 0;
  border-bottom: 1px solid @border; padding: 3px 8px; }
QTableView#team::item { padding: 0 8px; }
QHeaderView#teamheader { background: @panel; border: 0; }
QHeaderView#teamheader::section { background: @panel; color: @text_dim; border: 0;
  border-bottom: 1px solid @border; padding: 3px 8px; }
QListView#offers { background: @surface; border: 1px solid @border_strong; }
QListView#offers::item { padding: 4px 6px; }
QListView#files { background: @surface; border: %focus solid @border; }
QListView#files:focus { border: %focus solid @focus; }
QListView#files::item { padding: 3px 4px; }
QPushButton { background: @surface; color: @text; border: 1px solid @border_strong;
  border-radius: %control_radius; padding: 6px 13px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @pressed; }
QPushButton:focus { border: %focus solid @focus; padding: 5px 12px; }
QPushButton:disabled { color: @text_disabled; border-color: @border; }
QPushButton#verb { padding: 6px 4px; }
QPushButton#verb:focus { padding: 5px 3px; }
QPushButton#primary { background: @accent; color: @accent_text; border: 1px solid @accent; }
QPushButton#primary:hover { background: @accent_hover; }
QPushButton#primary:disabled { background: @surface; color: @text_disabled;
  border-color: @border; }
QPushButton#primary:focus { border: %focus solid @text; padding: 5px 12px; }
QPushButton#link { background: transparent; border: %focus solid transparent; color: @accent;
  text-align: left; padding: 5px 8px; }
QPushButton#link:hover { background: @hover; }
QPushButton#link:focus { border: %focus solid @focus; }
QToolButton { background: transparent; border: %focus solid transparent;
  border-radius: %control_radius; padding: 3px 8px; }
QToolButton#fold { padding: 1px 2px 1px 0; color: @text_dim; }
QToolButton#status { padding: 0 4px; color: @text_dim; }
QToolButton:hover { background: @hover; }
QToolButton:pressed { background: @pressed; }
QToolButton:focus { border-color: @focus; }
#switch { background: @window; border: 1px solid @border; border-radius: %card_radius; }
QToolButton#perspective { padding: 3px 13px; color: @text_dim; }
QToolButton#perspective:checked { background: @surface; color: @text; font-weight: 700;
  border: %focus solid @border_strong; }
QToolButton#perspective:focus { border: %focus solid @focus; }
QToolButton::menu-indicator { image: none; width: 0; }
QMenu { background: @surface; border: 1px solid @border_strong; padding: 4px; }
QMenu::item { padding: 6px 26px 6px 24px; border-radius: %small_radius; }
QMenu::item:selected { background: @selected_row; }
QMenu::item:disabled { color: @text_disabled; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QMenu::indicator { width: 12px; height: 12px; left: 6px; }
#popover, #palette { background: @surface; border: 1px solid @border_strong;
  border-radius: %popover_radius; }
#palette QListView, #popover QScrollArea, #popover #page { background: @surface; }
#card { background: @surface; border: 1px solid @border; border-radius: %card_radius; }
#version { background: @surface; border: 1px solid @border_strong; border-radius: %card_radius; }
#version[previewed="true"] { border: %focus solid @accent; background: @selected_row; }
#version:focus { border: %focus solid @focus; }
#chip { background: @hover; border: 1px solid @border; border-radius: %control_radius; }
QPushButton#hop, QPushButton#chipName { background: transparent; border: %focus solid transparent;
  border-radius: %small_radius; padding: 2px 3px; text-align: left; }
QPushButton#hop:hover, QPushButton#chipName:hover { background: @hover; }
QPushButton#hop:focus, QPushButton#chipName:focus { border: %focus solid @focus; padding: 2px 3px; }
QPushButton#add { background: transparent; border: %focus solid transparent; color: @accent;
  border-radius: %small_radius; padding: 1px 4px; }
QPushButton#add:hover { background: @hover; }
QPushButton#add:focus { border: %focus solid @focus; padding: 1px 4px; }
QToolButton#remove { padding: 0 3px; color: @text_dim; }
QLabel#error { color: @error; }
QLabel#notice { background: @warning_ground; color: @text; border-radius: %small_radius;
  padding: 6px 8px; }
QProgressBar { background: @track; border: 0; border-radius: 2px; max-height: 5px;
  min-height: 5px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QScrollArea { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @border_strong; border-radius: 4px; margin: 2px; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @text_dim; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""


def stylesheet(theme: Theme) -> str:
    """The style sheet of a theme: `@name` is a colour, `%name` a size of the tokens.

    Other sizes are pixels of the usual interface; borders aren't enlarged with it.
    """
    width = "width_contrast" if theme.name == "contrast" else "width"
    sizes = {
        "heading": theme.px("size", "heading"),
        "page_title": theme.px("size", "page_title"),
        "key": theme.px("size", "key"),
        "small_radius": theme.px("radius", "small"),
        "control_radius": theme.px("radius", "control"),
        "card_radius": theme.px("radius", "card"),
        "popover_radius": theme.px("radius", "popover"),
        "focus": theme.px("border", "focus"),
    }
    sheet = re.sub(
        r"(\d+)px(?! solid)", lambda found: f"{round(int(found[1]) * theme.scale)}px", _TEMPLATE
    )
    sheet = re.sub("@([a-z_]+)", lambda found: getattr(theme, found[1]).name(), sheet)
    sheet = re.sub("%([a-z_]+)", lambda found: f"{sizes[found[1]]}px", sheet)
    return sheet.replace("1px solid", f"{theme.px('border', width)}px solid")
