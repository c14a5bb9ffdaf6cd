package dev.kansoku.ui.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.ui.Program;
import dev.kansoku.ui.UiTest;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import org.junit.jupiter.api.Test;

/** A cell shows one row after the other. */
class RowCellTest extends UiTest {

    @Test
    void aCellThatIsUsedAgainSaysNothingOfTheRowBefore() {
        server.on("/api/chat", exchange -> exchange.ndjson(ScriptedServer.chunk("The answer."), ScriptedServer.done()));
        program.send("The question");
        program.awaitMeasured(1);
        ListView<?> list = program.messages();
        List<String> said = Program.onFx(() -> {
            RowCell cell = (RowCell) program.all(ListCell.class, shown -> shown.getItem() instanceof Row.Text)
                    .getFirst();
            Row status = (Row) list.getItems().getLast();
            var texts = new ArrayList<String>();
            texts.add(String.valueOf(cell.queryAccessibleAttribute(AccessibleAttribute.TEXT)));
            cell.updateItem(status, false);
            texts.add(String.valueOf(cell.queryAccessibleAttribute(AccessibleAttribute.TEXT)));
            return texts;
        });
        assertThat(said.getFirst()).contains("The ");
        assertThat(said.getLast()).doesNotContain("The question", "The answer");
    }
}
