package dev.kansoku.ui.chat;

import dev.kansoku.chat.Turn;
import dev.kansoku.ollama.ModelName;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.models.ModelChoice;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.javafx.FontIcon;

/** Lets a turn be answered once more: by its own model, or by another one from the menu. */
final class RegenerateButton extends SplitMenuButton {

    private final ChatContext context;
    private final Words words;

    RegenerateButton(ChatContext context) {
        this.context = context;
        words = context.words();
        getStyleClass().add("regenerate");
        setGraphic(new FontIcon("fth-refresh-cw"));
        setAccessibleText(words.get("chat.regenerate"));
        setTooltip(new Tooltip(words.get("chat.regenerate")));
    }

    void show(Turn turn) {
        setOnAction(e -> context.again(turn, turn.model()));
        setOnShowing(e -> getItems().setAll(items(turn)));
    }

    void release() {
        setOnAction(null);
        setOnShowing(null);
        getItems().clear();
    }

    private List<MenuItem> items(Turn turn) {
        var items = new ArrayList<MenuItem>();
        items.add(item(turn, words.get("chat.sameModel", ModelName.display(turn.model())), turn.model()));
        for (ModelChoice choice : context.installedModels()) {
            if (!ModelName.same(choice.name(), turn.model())) {
                String text = choice.isCloud()
                        ? words.get("models.item", choice.name(), words.get("models.leaves"))
                        : choice.name();
                items.add(item(turn, text, choice.name()));
            }
        }
        return items;
    }

    private MenuItem item(Turn turn, String text, String model) {
        var item = new MenuItem(text);
        item.setMnemonicParsing(false);
        item.setOnAction(e -> context.again(turn, model));
        return item;
    }
}
