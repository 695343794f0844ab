"""The visual language that all pages are composed from. It knows no ticket and no visit: plain values in.

Ground
  theme      apply_theme(app, scheme, density, scale=…); current() → .color("overdue") .font("title"); bus().changed
  tokens     palettes, measures, contrast(one, other)
  icons      set_icon(button_or_action, "bell-ring"); paint_icon(painter, name, rect, role); names in resources/icons
  text       PlainLabel(text, kind="title", tone="secondary", wrap=True); PlainText(long); plain(text); elide(…);
             set_plain_tooltip(widget, text). The one place where text from outside becomes visible
  layouts    row(…), column(…), hairline(), scrolled(inner), FlowLayout, spacer()
Marks
  pills      Pill("Overdue", "overdue"); Mark("due_soon", "Due today"); paint_mark, paint_pill
Lists
  columns    Column("due", self.tr("Due"), "due", 180); the kinds of cells stand in its docstring
  tables     ListTable(columns, name=…): activated_row(str), current_id_changed(str), sort_changed(str, bool),
             layout_edited, menu_wanted(str, QPoint); set_empty(…), set_loading(…), select_next(), column_menu()
  list_pane  ListPane(table): the table with its footer "1–40 / 46"
  filters    SearchField(placeholder): searched(str), show_matches(words); FilterChips: add_chip(key, label, options),
             values(), set_values(…), changed
Pages
  page       Page(title): body, toolbar, notices; show_state(…), set_count(n), listen(signal, slot), set_stale()
  panels     Splitter, SidePanel(title): body, bar
  states     StateView: icon, title, sentence, button
  bars       Section(title), NoticeBar(text, kind), UndoBar(parent).offer(text), ProgressStrip.set_progress(…)
  buttons    Button(text, kind=…, icon=…, hint="U").set_reason("why not"), IconButton(icon, name), ActionBar.add(…)
  timeline   Timeline(name).set_entries([Entry(…)]): opened(str)
  daystrip   DayStrip(name).set_days([Day(…)]); why_due WhyDue().set_panel(panel)
Forms
  fields     LineField, TextField, NumberField, CheckField: value(), set_value(…), changed, edited (1 s later)
  choices    ChoiceField, SegmentedChoice, DateTimeField, Combo
  forms      FormPanel: add(field, …), add_section(…), set_primary(verb), submitted, edited; names what is missing
  dialogs    Sheet, FormSheet, Question, ask(parent, title, text, verb, on): never exec()

`python -m desktop.views.common.gallery OUT.png` shows all of it; `…common.glyphs` writes the tinted glyphs anew.
Lights are the strings "overdue", "due_soon", "normal", "paused", "provisional", "pending". Button kinds: "",
"primary", "danger", "quiet", "link". Texts given to widgets are translated already; choices are (value, text) pairs.
"""
