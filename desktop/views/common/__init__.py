"""The visual language that all pages are composed from. It knows no ticket and no visit: plain values in.

theme          apply_theme(app, scheme, density, scale=…); current() → .color("overdue") .font("title") .px(8); bus().changed
tokens         the palettes and measures; contrast(one, other)
icons          set_icon(button_or_action, "bell-ring", "secondary"); paint_icon(painter, name, rect, role)
text           PlainLabel(text, kind="title", tone="secondary", wrap=True); PlainText(long); plain(text); elide(…);
               set_plain_tooltip(widget, text). The only place where text from outside becomes visible
pills          Pill("Overdue", "overdue"); Mark("due_soon", "Due today"); paint_mark, paint_pill
columns        Column("due", self.tr("Due"), "due", 180); kinds in its docstring
tables         ListTable(columns, name=…): activated_row(str), current_id_changed(str), sort_changed(str, bool),
               layout_edited, range_changed; set_empty(…), set_loading(…), select_next(), column_menu(), layout_state()
states         StateView: icon, title, sentence, button

Lights are the strings "overdue", "due_soon", "normal", "paused", "provisional", "pending". Buttons take a property
"kind": "primary", "danger", "quiet", "link". Texts given to these widgets are already translated by the page.
"""
