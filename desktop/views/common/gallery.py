"""Everything of the visual language in one picture, to be looked at: `python -m desktop.views.common.gallery OUT.png`.

For whoever works on the look; no part of the program imports it. What it shows is made up and not translated by Qt:
both languages stand here side by side. Must not reach into any page.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, QTranslator
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.models.items import roles
from desktop.views.common import theme
from desktop.views.common.bars import NoticeBar, ProgressStrip, Section, UndoBar
from desktop.views.common.buttons import ActionBar, Button, IconButton
from desktop.views.common.choices import ChoiceField, Combo, DateTimeField, SegmentedChoice
from desktop.views.common.columns import Column
from desktop.views.common.daystrip import Day, DayStrip
from desktop.views.common.fields import CheckField, LineField, NumberField, TextField
from desktop.views.common.filters import FilterChips, SearchField
from desktop.views.common.forms import FormPanel
from desktop.views.common.layouts import FlowLayout, row
from desktop.views.common.list_pane import ListPane
from desktop.views.common.page import Page
from desktop.views.common.panels import SidePanel, Splitter
from desktop.views.common.pills import Pill
from desktop.views.common.resources import resource
from desktop.views.common.states import StateView
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel
from desktop.views.common.timeline import Entry, Timeline

Say = Callable[[str, str], str]
_LIGHTS = ("overdue", "overdue", "due_soon", "normal", "paused", "provisional", "pending")
_CASES = (
    (
        "小区北门夜间施工噪音扰民",
        "Night-time building noise at the north gate",
        "市城管局",
        "City Management",
    ),
    ("供暖温度不足，室内仅 15 度", "Heating too weak, 15 °C indoors", "热力集团", "Heating Company"),
    ("路灯连续三晚不亮", "Street lamps dark for three nights", "市住建局", "Housing and Construction"),
    ("拖欠工资，已多次反映 <b>请尽快</b>", "Wages unpaid <b>please hurry</b>", "市人社局", "Labour Office"),
    ("公交 12 路候车时间过长", "Bus 12 comes far too seldom", "公交集团", "Bus Company"),
)


class _Model(QAbstractTableModel):
    """Forty made-up rows, two of them still on their way."""

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 40

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 6

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = roles.DISPLAY) -> object:
        return self.cell(index.row(), index.column(), role)

    def cell(self, row: int, column: int, role: int) -> object:
        """The answer for one cell."""
        if role == roles.ROW_ID:
            return f"{118803 - row}"
        if row in (11, 12):
            return None
        light = _LIGHTS[row % len(_LIGHTS)]
        zh, en, unit_zh, unit_en = _CASES[row % len(_CASES)]
        if role == roles.LIGHT:
            return light
        if role == roles.PILLS:
            return (("overdue", self._say("重办 2", "Rework 2")),) if row % 6 == 2 else ()
        if role == roles.PENDING:
            return row == 3
        if role == roles.EMPHASIS:
            return row == 1
        if role == roles.SECONDARY:
            return {2: self._say("云东区", "Yundong"), 5: "11-18 17:30"}.get(column, "")
        if role == roles.DISPLAY:
            late = self._say("逾期 2 工作日", "2 working days overdue")
            return (
                "",
                f"{118803 - row}",
                self._say(zh, en),
                self._say(unit_zh, unit_en),
                str(row * 7),
                late,
            )[column]
        return None


def _page(say: Say) -> QWidget:
    page = Page(say("逾期未办结", "Overdue and open"))
    page.set_count(46)
    search = SearchField(say("筛选…  Ctrl+F", "Filter…  Ctrl+F"))
    search.setText(say("噪音", "noise"))
    search.show_matches(say("46 件", "46 matches"))
    page.toolbar.addWidget(search)
    page.toolbar.addWidget(IconButton("columns-3", say("列", "Columns")))
    page.toolbar.addWidget(IconButton("bookmark", say("视图", "Views")))
    page.toolbar.addWidget(IconButton("ellipsis", say("更多", "More")))
    notice = NoticeBar(say("样例城市：全部数据均为虚构。", "Sample city: nothing here is real."), "sample")
    notice.add_action(say("切断网络", "Cut the network"), _nothing)
    notice.add_action(say("连接真实服务器…", "Connect to a real server…"), _nothing)
    page.notices.addWidget(notice)
    units = [(str(i), case[2] if say("zh", "en") == "zh" else case[3]) for i, case in enumerate(_CASES)]
    chips = FilterChips()
    chips.add_chip("unit", say("单位", "Unit"), units)
    chips.add_chip("type", say("类型", "Type"), units)
    chips.add_chip("light", say("时限状态", "Light"), units)
    chips.set_values({"unit": ["0", "1"]})
    page.body.addLayout(row(chips, margins=(16, 0, 12, 8)))
    columns = (
        Column("light", "", "mark", 32, required=True),
        Column("number", say("编号", "Number"), "secondary", 84),
        Column("title", say("标题", "Title"), "rich", stretch=True, min_width=180),
        Column("unit", say("承办单位", "Unit"), "text", 110),
        Column("times", say("次数", "Times"), "number", 64),
        Column("due", say("时限", "Due"), "due", 190),
    )
    table = ListTable(columns, name=say("工单列表", "Cases"))
    model = _Model(say)
    model.setParent(table)
    table.setModel(model)
    table.set_sort("due")
    table.select_row(2)
    panes = Splitter()
    panes.addWidget(ListPane(table))
    panes.addWidget(_panel(say))
    panes.setSizes([860, 460])
    page.body.addWidget(panes, 1)
    page.resize(1366, 760)
    QTimer.singleShot(0, table, table.setFocus)
    return page


def _panel(say: Say) -> QWidget:
    panel = SidePanel()
    panel.head.insertWidget(
        0, Pill(say("已逾期 2 个工作日 3 小时", "2 working days 3 hours overdue"), "overdue")
    )
    panel.head.addWidget(PlainLabel("YZ-2026-118803", tone="secondary", selectable=True))
    panel.body.addWidget(PlainLabel(say(_CASES[0][0], _CASES[0][1]), kind="title", wrap=True))
    panel.body.addWidget(
        PlainLabel(
            say("云东区 · 市城管局（主办） · 投诉 · 电话", "Yundong · City Management (lead) · complaint"),
            tone="secondary",
        )
    )
    panel.body.addWidget(Section(say("时限计算", "How the time limit was reckoned")))
    strip = DayStrip(say("时限计算", "Time limit"))
    strip.set_days(_days(say))
    panel.body.addWidget(strip)
    panel.body.addWidget(Section(say("时间线", "Timeline")))
    timeline = Timeline(say("时间线", "Timeline"))
    timeline.set_entries(_entries(say))
    panel.body.addWidget(timeline)
    panel.bar.add(say("催办", "Urge"), _nothing, kind="primary", icon="bell-ring", keys="U")
    panel.bar.add(say("督办单", "Notice"), _nothing, keys="S")
    panel.bar.add(say("登记问题", "File finding"), _nothing, keys="F")
    panel.bar.add(say("查看联系方式", "Reveal"), _nothing).set_reason(
        say("需要联网", "This needs a connection")
    )
    return panel


def _days(say: Say) -> list[Day]:
    holiday, make_up = say("元旦", "New Year"), say("调休上班", "worked")
    return [
        Day("28", "plain", say("派单", "dispatched")),
        *(Day(str(day), "counted") for day in (29, 30, 31)),
        *(Day(str(day), "holiday", holiday if day == 2 else "") for day in (1, 2, 3)),
        Day("4", "make_up", make_up),
        Day("5", "paused", say("挂起", "paused")),
        Day("6", "extended", say("延期", "extended")),
        Day("7", due=True, light="overdue", label=say("到期", "due")),
        Day("8", "counted"),
        Day("9", "counted", today=True, label=say("今天", "today")),
        Day("10", "weekend"),
        Day("11", "weekend"),
    ]


def _entries(say: Say) -> list[Entry]:
    body = say(
        "已电话联系承办单位值班室，答复今晚派人到场处理，承诺 11 月 20 日前办结。",
        "Called the unit on duty; somebody will go tonight, promised to finish by 20 November.",
    )
    return [
        Entry(
            "1",
            "11-18 09:31",
            say("催办", "Urge"),
            say("王敏", "Wang Min"),
            body,
            icon="bell-ring",
            pending=True,
        ),
        Entry(
            "2",
            "11-17 16:02",
            say("退单：不属本单位职责", "Returned: not ours"),
            say("市城管局", "Unit"),
            role="due_soon",
        ),
        Entry("3", "11-16 11:40", say("签收", "Signed"), say("市城管局", "Unit"), role="normal"),
        Entry("4", "11-16 09:10", say("派单", "Dispatched"), say("受理中心", "Hotline"), icon="send"),
    ]


def _forms(say: Say) -> QWidget:
    form = FormPanel()
    options = [(str(i), say(case[2], case[3])) for i, case in enumerate(_CASES)]
    unit = ChoiceField(say("承办单位", "Handling unit"), options, required=True, searchable=True)
    unit.set_value("1")
    code = ChoiceField(say("问题代码", "Code"), options, required=True)
    form.add(unit, code)
    severity = SegmentedChoice(
        say("严重程度", "Severity"),
        [("1", say("提示", "Note")), ("2", say("一般", "Ordinary")), ("3", say("严重", "Serious"))],
        required=True,
    )
    severity.set_value("2")
    form.add(severity)
    form.add(
        TextField(
            say("事实", "Facts"), required=True, placeholder=say("时间、地点、经过", "When, where, what")
        )
    )
    form.add_section(say("整改要求", "What is demanded"))
    due = DateTimeField(say("整改期限", "Time limit"))
    due.set_presets([(say("今天下午", "This afternoon"), datetime(2026, 11, 18, 14))])  # noqa: DTZ001
    days = NumberField(say("期限", "Days"), unit=say("个工作日", "working days"), least=1)
    days.set_value(5)
    form.add(due, days)
    locked = LineField(say("检查依据", "Mandate"))
    locked.set_value("12345-2026-07")
    locked.set_read_only(True)
    phone = LineField(say("联系电话", "Telephone"), hint=say("只在本机显示", "Shown on this machine only"))
    phone.set_value("0000")
    phone.set_error(say("号码太短", "The number is too short"))
    form.add(locked, phone)
    verified = CheckField(say("已与承办单位核实", "Verified with the unit"))
    verified.set_value(True)
    form.add(verified, CheckField(say("企业诉求", "From an enterprise")))
    form.set_primary(say("提交", "File"))
    form.add_secondary(say("存草稿", "Keep as draft"), _nothing, hint="Ctrl+S")
    form.resize(760, 760)
    return form


def _parts(say: Say) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(12)
    for kind, zh, en in (
        ("number", "1,046", "1,046"),
        ("title", "标题 15 半粗", "Title, 15 semibold"),
        ("body", "正文 13：已逾期 2 个工作日 3 小时", "Body 13: overdue"),
        ("small", "次要 12：同步于 09:31", "Secondary 12: synced 09:31"),
    ):
        column.addWidget(PlainLabel(say(zh, en), kind=kind, tone="secondary" if kind == "small" else "text"))
    lights = (
        ("overdue", say("逾期", "Overdue")),
        ("due_soon", say("临期", "Due soon")),
        ("normal", say("正常", "Fine")),
        ("paused", say("暂停计时", "Paused")),
        ("provisional", say("暂定", "Provisional")),
        ("pending", say("待发送", "Waiting to be sent")),
        ("accent", say("企业", "Enterprise")),
    )
    pills = FlowLayout(gap=8)
    for light, word in lights:
        pills.addWidget(Pill(word, light))
    column.addLayout(pills)
    bar = ActionBar()
    bar.add_button(Button(say("提交", "Send"), kind="primary", hint="Ctrl+Enter"))
    bar.add_button(Button(say("修改", "Edit"), icon="pencil"))
    bar.add_button(Button(say("删除草稿", "Discard"), kind="danger"))
    bar.add_button(Button(say("取消", "Cancel"), kind="quiet"))
    bar.add_button(Button(say("打开工单", "Open the case"), kind="link"))
    blocked = Button(say("拨号", "Dial"), icon="phone", hint="D")
    blocked.set_reason(say("没有网络，拨号需要服务器", "Offline: dialling needs the server"))
    bar.add_button(blocked)
    combo = Combo(name=say("人员", "Person"))
    combo.set_options([("1", say("王敏（督办员）", "Wang Min (officer)"))])
    combo.set_value("1")
    bar.add_widget(combo)
    column.addWidget(bar)
    column.addWidget(NoticeBar(say("已同步 58,251 件工单。", "58,251 cases are here."), "info"))
    column.addWidget(NoticeBar(say("服务器没有响应，将自动重试。", "The server does not answer."), "warn"))
    error = NoticeBar(say("提交被拒绝：该工单已归档。", "Refused: the case is archived."), "error")
    error.add_action(say("查看原因", "Show why"), _nothing)
    column.addWidget(error)
    strip = ProgressStrip()
    strip.set_progress(say("首次同步", "First sync"), 40, 100, say("还需 12 秒", "12 s left"))
    column.addWidget(strip)
    empty = StateView()
    empty.set_state(
        say("没有符合条件的工单", "Nothing matches"),
        say("换个条件，或清除筛选后再看。", "Try other words, or clear the filter."),
        say("清除筛选", "Clear the filter"),
        icon="search",
    )
    column.addWidget(empty, 1)
    undo = UndoBar(whole)
    whole.resize(606, 760)
    undo.offer(say("已催办 118803 市城管局", "Urged case 118803"))
    return whole


def _nothing() -> None:
    """The gallery's buttons only look like something."""


def main(arguments: list[str]) -> int:
    """Draw the gallery into a PNG file."""
    parser = argparse.ArgumentParser(prog="python -m desktop.views.common.gallery", description=__doc__)
    parser.add_argument("out")
    parser.add_argument("--scheme", choices=("light", "dark", "contrast"), default="light")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--density", choices=("comfortable", "compact"), default="comfortable")
    parser.add_argument("--scale", type=float, default=1.0)
    given = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    translator = QTranslator()
    if given.lang == "zh" and translator.load(str(resource("translations", "desk_zh_CN.qm"))):
        app.installTranslator(translator)
    theme.apply_theme(app, given.scheme, given.density, scale=given.scale)

    def say(zh: str, en: str) -> str:
        return zh if given.lang == "zh" else en

    page, form, parts = _page(say), _forms(say), _parts(say)
    for widget in (page, form, parts):
        widget.show()

    def draw() -> None:
        whole = QPixmap(1366, 1520)
        whole.fill(Qt.GlobalColor.transparent)
        painter = QPainter(whole)
        painter.drawPixmap(0, 0, page.grab())
        painter.drawPixmap(0, 760, form.grab())
        painter.drawPixmap(760, 760, parts.grab())
        painter.end()
        whole.save(given.out)
        app.quit()

    QTimer.singleShot(200, draw)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
