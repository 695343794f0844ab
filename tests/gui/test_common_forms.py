"""Forms and buttons: nothing typed is lost, nothing missing is sent, every refusal has its reason in words."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.common import theme
from desktop.views.common.buttons import ActionBar, Button, IconButton
from desktop.views.common.choices import ChoiceField, DateTimeField, SegmentedChoice
from desktop.views.common.dialogs import FormSheet, ask
from desktop.views.common.fields import AUTOSAVE, CheckField, Field, LineField, NumberField, TextField
from desktop.views.common.forms import FormPanel
from tests.support.widgets import children, focus_by_keyboard, press, type_key

UNITS = [("u1", "市城管局"), ("u2", "热力集团"), ("u3", "公交集团")]


@pytest.fixture
def form(qtbot: QtBot, qapp: QApplication) -> FormPanel:
    theme.apply_theme(qapp, "light")
    made = FormPanel()
    qtbot.addWidget(made)
    made.add(ChoiceField("Unit", UNITS, required=True))
    made.add(SegmentedChoice("Severity", [("1", "Note"), ("2", "Ordinary")], required=True))
    made.add(TextField("Facts", required=True))
    made.add(CheckField("Verified"))
    made.set_primary("File")
    made.resize(600, 420)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_what_is_missing_is_named_and_leads_to_its_field(qtbot: QtBot, form: FormPanel) -> None:
    """A dead button without a reason makes people search the whole form."""
    sent: list[bool] = []
    form.submitted.connect(lambda: sent.append(True))
    assert form.missing.words() == ["Unit", "Severity", "Facts"]
    assert form.submit() is False
    assert [field.label for field in form.fields if field.error()] == ["Unit", "Severity", "Facts"]
    form.activateWindow()
    form.missing.jumped.emit(2)
    facts = form.fields[2]
    assert isinstance(facts, TextField)
    qtbot.waitUntil(facts.input.hasFocus)
    form.fields[0].set_value("u1")  # type: ignore[attr-defined]
    form.fields[1].set_value("2")  # type: ignore[attr-defined]
    QTest.keyClicks(facts.input, "seen at 23:10")
    for field in form.fields:
        field.set_error("")
    assert form.refresh_missing() == []
    assert form.missing.isHidden()
    assert form.submit() is True
    assert sent == [True]


def test_ctrl_enter_sends_the_form_it_is_pressed_in(qtbot: QtBot, form: FormPanel) -> None:
    """A form inside a page that has its own Ctrl+Enter: two shortcuts for one key would cancel each other."""
    outer: list[str] = []
    shortcut = QShortcut(QKeySequence("Ctrl+Return"), form)
    shortcut.activated.connect(lambda: outer.append("page"))
    facts = form.fields[2]
    assert isinstance(facts, TextField)
    focus_by_keyboard(qtbot, facts.input)
    QTest.keyClick(facts.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert outer == []
    assert form.fields[0].error()
    assert facts.value() == ""


def test_a_check_of_the_page_counts_as_missing(form: FormPanel) -> None:
    """ "Cite at least one ticket" is no field, and still must hold before the finding is filed."""
    cited: list[str] = []
    form.add_check(lambda: "" if cited else "A cited ticket")
    assert "A cited ticket" in form.missing.words()
    cited.append("118803")
    assert "A cited ticket" not in form.refresh_missing()


def test_a_draft_is_offered_for_keeping_by_itself(qtbot: QtBot, form: FormPanel) -> None:
    """A power cut costs at most a second of typing; a closed form costs nothing."""
    facts = form.fields[2]
    assert isinstance(facts, TextField)
    with qtbot.waitSignal(form.edited, timeout=4 * AUTOSAVE):
        QTest.keyClicks(facts.input, "a")
    kept: list[bool] = []
    form.edited.connect(lambda: kept.append(True))
    QTest.keyClicks(facts.input, "b")
    form.flush()
    assert kept == [True]


def test_setting_values_is_not_editing(form: FormPanel) -> None:
    """Opening a draft must not save it again, nor tell the page that a person changed something."""
    told: list[bool] = []
    form.changed.connect(lambda: told.append(True))
    form.fields[0].set_value("u2")  # type: ignore[attr-defined]
    form.fields[1].set_value("1")  # type: ignore[attr-defined]
    form.fields[2].set_value("x\n<b>y</b>")  # type: ignore[attr-defined]
    form.fields[3].set_value(True)  # type: ignore[attr-defined]
    assert told == []
    assert [field.value() for field in form.fields] == ["u2", "1", "x\n<b>y</b>", True]


def test_number_keys_choose_while_the_field_has_the_focus(qtbot: QtBot, form: FormPanel) -> None:
    """A caller fills the questionnaire without looking away from the citizen's words."""
    severity = form.fields[1]
    assert isinstance(severity, SegmentedChoice)
    focus_by_keyboard(qtbot, severity)
    with qtbot.waitSignal(severity.changed):
        type_key(Qt.Key.Key_2)
    assert severity.value() == "2"
    assert severity.press("9") is False


def test_typing_part_of_a_name_finds_the_unit(qtbot: QtBot) -> None:
    """Four hundred units are not scrolled through; and what is no unit must not stay in the field."""
    field = ChoiceField("Unit", UNITS, searchable=True)
    qtbot.addWidget(field)
    line = field.input.lineEdit()
    assert line is not None
    field.set_value("u1")
    line.setText("热力集团")
    line.editingFinished.emit()
    assert field.value() == "u2"
    line.setText("no such unit")
    line.editingFinished.emit()
    assert (field.value(), line.text()) == ("u2", "热力集团")


def test_a_moment_is_none_until_chosen_and_wall_clock_after(qtbot: QtBot) -> None:
    """A promised date nobody chose must not be recorded; a chosen one must not shift by this machine's zone."""
    field = DateTimeField("Promised")
    qtbot.addWidget(field)
    moment = datetime(2026, 3, 29, 2, 30)
    assert field.value() is None
    assert field.is_empty()
    field.set_value(moment)
    assert field.value() == moment
    field.set_presets([("Tomorrow", datetime(2026, 3, 30, 9, 0))])
    with qtbot.waitSignal(field.changed):
        press(field, "Tomorrow")
    assert field.value() == datetime(2026, 3, 30, 9, 0)
    field.set_value(None)
    assert field.value() is None


def test_the_wheel_of_the_form_changes_no_value(qtbot: QtBot) -> None:
    """Scrolling past a number silently changed the time limit."""
    number = NumberField("Limit", unit="working days", least=1)
    choice = ChoiceField("Unit", UNITS)
    for field in (number, choice):
        qtbot.addWidget(field)
    number.set_value(5)
    choice.set_value("u1")
    for target in (number.input, choice.input):
        _wheel(target)
    assert (number.value(), choice.value()) == (5, "u1")


def _wheel(target: QWidget) -> None:
    centre = QPointF(target.rect().center())
    event = QWheelEvent(
        centre,
        centre,
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(target, event)


def test_too_long_a_text_is_refused_in_words(qtbot: QtBot) -> None:
    """The server would refuse it later, when the person has forgotten what was written."""
    field = TextField("Facts", limit=10)
    qtbot.addWidget(field)
    field.insert("x" * 10)
    field.insert("yy")
    assert "2" in field.error()


def test_a_disabled_button_says_why(qtbot: QtBot) -> None:
    """ "Greyed out" is no answer to somebody offline with a citizen on the line."""
    bar = ActionBar()
    qtbot.addWidget(bar)
    pressed: list[str] = []
    dial = bar.add("Dial", lambda: pressed.append("dial"), keys="D")
    bar.add("Urge", lambda: pressed.append("urge"))
    dial.set_reason("Offline: dialling needs the server")
    dial.click()
    assert pressed == []
    assert bar.reasons() == "Dial: Offline: dialling needs the server"
    assert dial.accessibleDescription() == "Offline: dialling needs the server"
    dial.set_reason("")
    dial.click()
    assert pressed == ["dial"]
    assert bar.reasons() == ""


@pytest.mark.parametrize("scale", [0.9, 1.0, 2.0])
def test_every_control_has_a_name_and_is_large_enough(qtbot: QtBot, qapp: QApplication, scale: float) -> None:
    """A reader that says "button", a field one cannot hit: both shut people out."""
    theme.apply_theme(qapp, "light", scale=scale)
    whole = QWidget()
    qtbot.addWidget(whole)
    column = QVBoxLayout(whole)
    fields: list[Field] = [
        LineField("Contact"),
        TextField("Facts"),
        NumberField("Limit", unit="days"),
        ChoiceField("Unit", UNITS),
        DateTimeField("Promised"),
        CheckField("Verified"),
        SegmentedChoice("Severity", [("1", "Note"), ("2", "Ordinary")]),
    ]
    for widget in (*fields, Button("Send", icon="send", hint="U"), IconButton("x", "Close")):
        column.addWidget(widget)
    with qtbot.waitExposed(whole):
        whole.show()
    least = theme.current().target
    for field in fields:
        control = field.focusProxy()
        assert control is not None
        assert control.accessibleName(), field.label
        assert control.height() >= least, field.label
    for button in (*children(whole, Button), *children(whole, IconButton)):
        assert button.accessibleName()
        assert min(button.height(), button.width()) >= least, button.accessibleName()
    assert all(combo.accessibleName() for combo in children(whole, QComboBox))
    theme.apply_theme(qapp, "light")


def test_a_question_answers_by_signal_and_blocks_nothing(qtbot: QtBot) -> None:
    """exec() would run other slots inside this one; the answer comes later instead."""
    parent = QWidget()
    qtbot.addWidget(parent)
    with qtbot.waitExposed(parent):
        parent.show()
    done: list[str] = []
    question = ask(parent, "Withdraw?", "<b>It is not sent yet.</b>", "Withdraw", lambda: done.append("yes"))
    assert done == []
    with qtbot.waitSignal(question.answered) as answer:
        press(question, "Withdraw")
    assert answer.args == ["yes"]
    assert done == ["yes"]
    again = ask(parent, "Withdraw?", "", "Withdraw", lambda: done.append("again"))
    with qtbot.waitSignal(again.answered) as refused:
        QTest.keyClick(again, Qt.Key.Key_Escape)
    assert refused.args == [""]
    assert done == ["yes"]


def test_closing_a_sheet_offers_the_last_words_for_keeping(qtbot: QtBot) -> None:
    """Escape half a second after typing must not lose the sentence."""
    parent = QWidget()
    qtbot.addWidget(parent)
    with qtbot.waitExposed(parent):
        parent.show()
    sheet = FormSheet("Urge", "Urge", parent)
    answer = TextField("Answer")
    sheet.form.add(answer)
    kept: list[str] = []
    sheet.form.edited.connect(lambda: kept.append(answer.value()))
    sheet.open()
    QTest.keyClicks(answer.input, "tonight")
    sheet.reject()
    assert kept == ["tonight"]
