"""The furniture of every screen. No widget knows a rule of the club: plain values in, signals out.

Import each from its own module. Names are shown as typed (plain text). `metrics.px(8)` is 8 px at text size 100 %.

LOOK    theme.apply(app, dark=None, scale=1.0)   theme.follow_system(app, scale)   tokens.current() -> Tokens(.ink
        .brand …)
        icons.icon("bus", "soft")   icons.IconLabel("bus", "bad", 18)        (colours follow the theme by themselves)
        text.label(words, tone, wrap=)  tones: soft small title heading row strong number ok warn bad error link
        text.button(words, on_click, kind="primary|call|quiet|danger|", icon_name=, name=, keys="Ctrl+N", big=)
        text.choice_button(words, on_choose, icon_name=, name=): stays pressed in, heard from a screen reader too
                text.icon_button(icon, name, on_click)   text.rule()   text.announce(widget, words)
        text.set_look(widget, "tone", "bad")
                state.State.OK/WARN/BAD/NEUTRAL/BRAND (.icon_name .colour)   state.StateChip(state, words, icon="")
        .set(state, words)
        card.Card(title, fill=False) .body .add_beside_title(w) .add_action(w) .set_title .clear()
        card.clear_layout(layout)
        initials.Initials(name, size=38)

PAGE    page.Page(title, scroll=True): class attributes areas = frozenset({"people"}), help_topic = "children";
        .body .banner
        .add_action(button) .clear_actions() .set_title(title, beneath) .show_content() .show_loading()
                .show_empty(reason, button_text, fn) .show_error(error, retry); override refresh() (called when
        first shown and when an
                area of it changed). Signals go(place, item), said(words, can_undo), failed(error). The shell calls
        areas_changed(areas)
        and take_search(box).
        banner.Banner .show_state(State.WARN, words, button, fn, second, fn2) .clear()
        toast.Toast(host) .show_words(words, undo=fn or None)
        readiness_lines.ReadinessLines() .set_rows([ReadinessRow(state, rule, sentence, button, key)]) signal fix(key)

LISTS   list_model.Column(header, text_fn, sort=fn, state=fn, icon=fn, width=0, right=False)
                table.ListTable(columns, row_id=fn, name="Children", spoken=fn) .set_rows(rows) .set_filter(fn)
        .set_empty(why, button, fn)
        .current() .select(id) .rows() .sort_by("Child", descending=) signals opened(row), chosen(row or None)
                card_list.CardList(name) .set_rows(rows, key=fn, make=fn, update=fn) .set_empty(…) .widget_of(key):
        rows of real widgets
        card_list.PersonRow(name) .set_chips([…]) .set_status(words, tone) .set_actions([buttons]) .spoken
        filter_chips.FilterChips(name) .set_chips([Chip(key, words, count)]) signal chosen(key)
        facts.Facts(name) .set_facts([Fact(words, value, state)])   flow.Flow([widgets]): goes on in the next line
        history_list.HistoryList() .set_rows(happenings(what_changed(…), id))
        card_columns.CardColumns() .lay_out(top, left, right, bottom): a record's view, cards in two columns or one

FORMS   fields.LineField/TimeField/NumberField/MoneyField/LongTextField(name, words, help, optional=),
        date_field.DateField,
                fields.ChoiceField(name, words, [(value, words)], none_words=), fields.TickField,
        name_picker.NamePicker(name, words,
        [(id, name)]); each .value() .set_value(v) .set_error(sentence) .set_help(words) .check() signal changed
                form.Form(save_words="Save") .add(field, field…) .add_heading .add_widget .add_foot .field(name)
        .set_values(dict)
                .values() -> dict or None .is_dirty() .set_busy(bool) .show_error(error) signals saved(dict),
        left(), changed(), failed(error)

        edit_panel.EditPanel(page, jobs) .edit(Edit(title, EditForm, label, said, write, fresh)): saves what was altered
        alone, keeps what was typed when somebody else changed the record

OVER    panel.Panel(host, width=440) .open(title, widget, focus=None) .close_panel() .shown signal closed; Esc closes
        dialog.Choice(parent, title, words, [(key, words, kind)]).ask() -> key or None
        dialog.ReasonDialog(parent, title, reasons, manager=False).ask() -> GoAhead(reason, manager) or None
        dialog.ErrorBox(parent, error).exec(): what, why, what next, Copy details (no personal data in them)
        progress.ProgressCard() .begin(words, on_cancel) .step(Step) .end(): for jobs.long_query / long_change

SHELL   sidebar.Sidebar(club) .add_place(key, icon, words) .add_foot_place(…) .set_current(key) .set_club(name)
        .set_saved("Saved 10:42 · backed up 09:00") .set_who("Denise A · Lead") signal chosen(key)
                search_box.SearchBox(provider) provider(text, deliver) answers deliver([Hit(group, words, beneath,
        icon, target)]);
        signal chosen(target); Ctrl+K is the shell's: box.start()

SPECIAL preview.PdfPreview() .set_pdf(bytes, title) (zoom, print, Save as…; nothing is written unless asked)
                month_grid.MonthGrid(today) .set_month(date) .set_items([MonthItem(id, day, words, state)]) signals
        opened(id), moved(id, day),
        day_opened(day), month_changed(first); drag, or M then arrows then Enter; Esc puts it back
        bar_chart.BarChart() .set_bars([Bar(label, value)], summary)
"""
