package dev.kansoku.ui.search;

import dev.kansoku.history.SearchHit;
import dev.kansoku.ollama.ModelName;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.MeasurementLine;
import dev.kansoku.ui.common.Words;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Something that was found: in which conversation, what it says, whose text it is, and when. */
final class HitCell extends ListCell<SearchHit> {

    private final Words words;
    private final Clock clock;
    private final Label title = new Label();
    private final Label date = new Label();
    private final SnippetView snippet = new SnippetView();
    private final Label kind = new Label();
    private final Label model = new Label();
    private final VBox content;

    /** @param open is called with what is shown here when it is clicked */
    HitCell(Words words, Clock clock, Consumer<SearchHit> open) {
        this.words = words;
        this.clock = clock;
        title.getStyleClass().add("hit-title");
        title.setMinWidth(0);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        date.getStyleClass().add("caption");
        date.setMinWidth(Region.USE_PREF_SIZE);
        kind.getStyleClass().addAll("caption", "hit-kind");
        kind.setMinWidth(Region.USE_PREF_SIZE);
        model.getStyleClass().add("caption");
        model.setMinWidth(0);
        var head = new HBox(title, date);
        head.getStyleClass().add("hit-head");
        var foot = new HBox(kind, model);
        foot.getStyleClass().add("hit-foot");
        content = new VBox(head, snippet, foot);
        content.getStyleClass().add("hit");
        // As wide as the list, which must not scroll sideways.
        setPrefWidth(0);
        setOnMouseClicked(e -> {
            if (e.getButton() == MouseButton.PRIMARY && getItem() != null) {
                open.accept(getItem());
            }
        });
    }

    @Override
    protected void updateItem(@Nullable SearchHit hit, boolean empty) {
        super.updateItem(hit, empty);
        if (empty || hit == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        title.setText(hit.conversation().title());
        date.setText(day(hit.at()));
        snippet.show(hit.snippet());
        kind.setText(words.get("search.kind." + Keys.of(hit.kind())));
        model.setText(model(hit));
        setGraphic(content);
        setAccessibleText(
                Stream.of(title.getText(), kind.getText(), hit.snippet().text(), model.getText(), date.getText())
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", ")));
    }

    private String model(SearchHit hit) {
        String name = hit.model() == null ? "" : ModelName.display(hit.model());
        return hit.demo() ? name + MeasurementLine.SEPARATOR + words.get("demo.mark") : name;
    }

    /** 2:32 PM, 14:32; before today Nov 3, 2026, 2026/11/03. */
    private String day(Instant at) {
        boolean today = LocalDate.ofInstant(at, clock.getZone()).equals(LocalDate.now(clock));
        DateTimeFormatter format = today
                ? DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                : DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM);
        return format.withLocale(words.locale()).withZone(clock.getZone()).format(at);
    }
}
