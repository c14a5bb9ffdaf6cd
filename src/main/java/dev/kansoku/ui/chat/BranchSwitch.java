package dev.kansoku.ui.chat;

import dev.kansoku.chat.Turn;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Icons;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.Words;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** Which of a turn's branches is in sight, with a button to either side; not there where it is the only one. */
final class BranchSwitch extends HBox {

    static final String STYLE = "branch-switch";

    private final ChatContext context;
    private final Button earlier;
    private final Label place = new Label();
    private final Button later;
    private @Nullable Turn shown;

    BranchSwitch(ChatContext context) {
        this.context = context;
        Words words = context.words();
        earlier = Icons.button("fth-chevron-left", words.get("chat.earlierBranch"));
        later = Icons.button("fth-chevron-right", words.get("chat.laterBranch"));
        earlier.setOnAction(e -> go(-1));
        later.setOnAction(e -> go(1));
        place.getStyleClass().add("caption");
        place.setMinWidth(USE_PREF_SIZE);
        setMinWidth(USE_PREF_SIZE);
        getStyleClass().add(STYLE);
        setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(earlier, place, later);
    }

    void show(Turn turn) {
        shown = turn;
        List<Turn> branches = turn.conversation().branches(turn);
        int at = branches.indexOf(turn);
        Figures figures = context.figures();
        String which = figures.count(at + 1);
        String among = figures.count(branches.size());
        place.setText(which + "/" + among);
        place.setAccessibleText(context.words().get("chat.branch", which, among));
        earlier.setDisable(at <= 0);
        later.setDisable(at + 1 >= branches.size());
        Shown.set(this, branches.size() > 1);
    }

    void release() {
        shown = null;
    }

    private void go(int by) {
        if (shown != null) {
            List<Turn> branches = shown.conversation().branches(shown);
            context.choose(shown, branches.get(branches.indexOf(shown) + by));
        }
    }

    /** On the button with which one goes on in the same direction, if there is anything left. */
    void focus(boolean backwards) {
        Button wanted = backwards ? earlier : later;
        Button other = backwards ? later : earlier;
        (wanted.isDisabled() ? other : wanted).requestFocus();
    }
}
