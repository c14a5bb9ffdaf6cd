package dev.kansoku.ui.search;

import dev.kansoku.history.SearchHit;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.ollama.ModelName;
import dev.kansoku.ui.chat.ChatViewModel;
import dev.kansoku.ui.common.Composition;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.UiThread;
import dev.kansoku.ui.common.VerdictMark;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.models.ModelChoice;
import dev.kansoku.ui.models.ModelsViewModel;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SequencedCollection;
import java.util.function.Function;
import javafx.beans.property.Property;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** The search field above the conversations, and in their place what was found. */
public final class SearchController extends Controller {

    private static final PseudoClass NARROWED = PseudoClass.getPseudoClass("narrowed");
    private static final List<LoadVerdict> VERDICTS =
            List.of(LoadVerdict.COLD, LoadVerdict.WARM, LoadVerdict.RELOAD, LoadVerdict.QUEUED);

    /** In UTF-16 units: more of what was typed is not repeated. */
    private static final int LONGEST_QUOTE = 40;

    private final SearchViewModel search;
    private final ChatViewModel chat;
    private final ModelsViewModel models;
    private final Words words;
    private final Figures figures;
    private final Runnable focusPrompt;

    @FXML
    private VBox bar;

    @FXML
    private TextField field;

    @FXML
    private Button clear;

    @FXML
    private MenuButton filter;

    @FXML
    private FlowPane chips;

    @FXML
    private StackPane body;

    @FXML
    private VBox results;

    @FXML
    private Label count;

    @FXML
    private ListView<SearchHit> list;

    @FXML
    private VBox nothing;

    @FXML
    private Label nothingText;

    @FXML
    private Label nothingHint;

    private @Nullable Composition composition;

    /** @param focusPrompt is called when the user is done with searching */
    public SearchController(
            SearchViewModel search, ChatViewModel chat, ModelsViewModel models, Words words, Runnable focusPrompt) {
        this.search = search;
        this.chat = chat;
        this.models = models;
        this.words = words;
        this.focusPrompt = focusPrompt;
        figures = new Figures(words);
    }

    @FXML
    private void initialize() {
        composition = new Composition(field);
        field.textProperty().bindBidirectional(search.textProperty());
        own(() -> field.textProperty().unbindBidirectional(search.textProperty()));
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::keyInField);
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::keyInList);
        list.setCellFactory(shown -> new HitCell(words, Clock.system(ZoneId.systemDefault()), this::open));
        own(search.textProperty().subscribe(text -> {
            clear.setVisible(!text.isEmpty());
            if (text.isBlank()) {
                chat.endHighlight();
            }
        }));
        for (ObservableValue<?> part : List.of(
                search.modelProperty(), search.periodProperty(), search.verdictProperty(), search.failedProperty())) {
            own(part.subscribe(changed -> showFilters()));
        }
        // Only then is it known which models there are.
        filter.addEventHandler(MenuButton.ON_SHOWING, e -> listFilters());
        own(search.resultProperty().subscribe(this::show));
        list.skinProperty().subscribe(skin -> {
            if (skin != null) {
                UiThread.nextPulse().execute(this::watchEnd);
            }
        });
    }

    /** What stands here while nothing is searched for. */
    public void setConversations(Node conversations) {
        body.getChildren().addFirst(conversations);
        // Neither is taken out of the layout, so that the column keeps its width.
        own(search.activeProperty().subscribe(active -> {
            results.setVisible(active);
            conversations.setVisible(!active);
        }));
    }

    public void focus() {
        UiThread.later(() -> {
            field.requestFocus();
            field.selectAll();
        });
    }

    /** Whether keys go to the search, rather than to the chat. */
    public boolean isFocused() {
        return bar.isFocusWithin() || results.isFocusWithin();
    }

    /** Whether the key has been used: Esc ends the search, and once there is none goes back to the prompt. */
    public boolean handle(KeyEvent e) {
        if (e.getCode() != KeyCode.ESCAPE || (composition != null && composition.isGoing())) {
            return false;
        }
        if (search.activeProperty().get() || !field.getText().isEmpty()) {
            clear();
        } else {
            focusPrompt.run();
        }
        return true;
    }

    @FXML
    private void clear() {
        search.clear();
        field.requestFocus();
    }

    private void keyInField(KeyEvent e) {
        if (list.getItems().isEmpty() || (composition != null && composition.hasEnter())) {
            return;
        }
        if (e.getCode() == KeyCode.DOWN) {
            list.requestFocus();
            if (list.getSelectionModel().isEmpty()) {
                list.getSelectionModel().selectFirst();
            }
            e.consume();
        } else if (e.getCode() == KeyCode.ENTER) {
            openSelected();
            e.consume();
        }
    }

    private void keyInList(KeyEvent e) {
        if (e.getCode() == KeyCode.ENTER) {
            openSelected();
            e.consume();
        } else if (e.getCode() == KeyCode.UP && list.getSelectionModel().getSelectedIndex() <= 0) {
            field.requestFocus();
            field.end();
            e.consume();
        }
    }

    private void openSelected() {
        if (list.getSelectionModel().isEmpty()) {
            list.getSelectionModel().selectFirst();
        }
        SearchHit selected = list.getSelectionModel().getSelectedItem();
        if (selected != null) {
            open(selected);
        }
    }

    private void open(SearchHit hit) {
        chat.open(hit, field.getText());
    }

    // What was found

    private void show(SearchViewModel.@Nullable Result result) {
        if (result == null) {
            list.getItems().clear();
            count.setText("");
            Shown.set(nothing, false);
            Shown.set(list, false);
            return;
        }
        list(result.hits());
        boolean isNothing = result.hits().isEmpty();
        String found = figures.count(result.hits().size());
        count.setText(
                isNothing
                        ? ""
                        : result.more() ? words.get("search.foundMost", found) : words.get("search.found", found));
        Shown.set(count, !isNothing);
        Shown.set(list, !isNothing);
        Shown.set(nothing, isNothing);
        String typed = result.query().text().strip();
        nothingText.setText(
                typed.isEmpty() ? words.get("search.nothingFiltered") : words.get("search.nothing", quote(typed)));
        nothingHint.setText(result.isNarrowed() ? words.get("search.hint.filters") : words.get("search.hint.words"));
    }

    /** What is shown already stays where it is. */
    private void list(List<SearchHit> hits) {
        List<SearchHit> shown = list.getItems();
        boolean isContinued = !shown.isEmpty()
                && hits.size() >= shown.size()
                && hits.subList(0, shown.size()).equals(shown);
        if (isContinued) {
            shown.addAll(hits.subList(shown.size(), hits.size()));
        } else {
            list.getItems().setAll(hits);
            list.scrollTo(0);
        }
    }

    private static String quote(String typed) {
        return typed.codePointCount(0, typed.length()) <= LONGEST_QUOTE
                ? typed
                : typed.substring(0, typed.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
    }

    private void watchEnd() {
        for (Node node : list.lookupAll(".scroll-bar")) {
            if (node instanceof ScrollBar scroll && scroll.getOrientation() == Orientation.VERTICAL) {
                scroll.valueProperty().subscribe((before, value) -> {
                    if (scroll.isVisible() && value.doubleValue() >= scroll.getMax()) {
                        search.more();
                    }
                });
            }
        }
    }

    // Filters

    private void showFilters() {
        List<Node> set = new ArrayList<>();
        String model = search.modelProperty().get();
        if (model != null) {
            set.add(chip(ModelName.display(model), () -> search.modelProperty().set(null)));
        }
        Period period = search.periodProperty().get();
        if (period != null) {
            set.add(chip(nameOf(period), () -> search.periodProperty().set(null)));
        }
        LoadVerdict verdict = search.verdictProperty().get();
        if (verdict != null) {
            set.add(chip(nameOf(verdict), () -> search.verdictProperty().set(null)));
        }
        if (search.failedProperty().get()) {
            set.add(chip(
                    words.get("search.failed"), () -> search.failedProperty().set(false)));
        }
        chips.getChildren().setAll(set);
        Shown.set(chips, !set.isEmpty());
        filter.pseudoClassStateChanged(NARROWED, !set.isEmpty());
        listFilters();
    }

    private Node chip(String name, Runnable remove) {
        var chip = new Button(name, new FontIcon("fth-x"));
        chip.getStyleClass().add("chip");
        chip.setContentDisplay(ContentDisplay.RIGHT);
        chip.setAccessibleText(words.get("search.removeFilter", name));
        chip.setOnAction(e -> {
            remove.run();
            field.requestFocus();
        });
        return chip;
    }

    private void listFilters() {
        SequencedCollection<String> names = search.models(models.choices().stream()
                .filter(choice -> choice.installed() != null)
                .map(ModelChoice::name)
                .toList());
        var failed = new CheckMenuItem(words.get("search.failed"));
        failed.setSelected(search.failedProperty().get());
        failed.setOnAction(e -> search.failedProperty().set(failed.isSelected()));
        filter.getItems()
                .setAll(
                        menu(words.get("search.model"), names, search.modelProperty(), ModelName::display),
                        menu(
                                words.get("search.period"),
                                List.of(Period.values()),
                                search.periodProperty(),
                                this::nameOf),
                        menu(words.get("search.verdict"), VERDICTS, search.verdictProperty(), this::nameOf),
                        new SeparatorMenuItem(),
                        failed);
    }

    private <T> Menu menu(
            String title, SequencedCollection<T> values, Property<@Nullable T> filtered, Function<T, String> name) {
        var group = new ToggleGroup();
        List<MenuItem> items = new ArrayList<>();
        items.add(choice(words.get("search.any"), group, filtered, null));
        items.add(new SeparatorMenuItem());
        for (T value : values) {
            RadioMenuItem item = choice(name.apply(value), group, filtered, value);
            if (value instanceof LoadVerdict verdict) {
                item.setGraphic(mark(verdict));
            }
            items.add(item);
        }
        var menu = new Menu(title);
        menu.getItems().setAll(items);
        return menu;
    }

    private static <T> RadioMenuItem choice(
            String name, ToggleGroup group, Property<@Nullable T> filtered, @Nullable T value) {
        var item = new RadioMenuItem(name);
        item.setToggleGroup(group);
        item.setSelected(Objects.equals(value, filtered.getValue()));
        item.setOnAction(e -> filtered.setValue(value));
        return item;
    }

    private static VerdictMark mark(LoadVerdict verdict) {
        var mark = new VerdictMark();
        mark.show(verdict);
        return mark;
    }

    private String nameOf(Period period) {
        return words.get("search.period." + Keys.of(period));
    }

    private String nameOf(LoadVerdict verdict) {
        return words.get("verdict." + Keys.of(verdict));
    }
}
