package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListCell;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;

/** The list of conversations and the trash, mostly by keyboard. */
class ConversationsTest extends UiTest {

    private static final String TODAY = ENGLISH.get("conversations.today");

    private void say(String prompt) {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Answer to " + prompt + "."), done()));
        program.press(ENGLISH.get("chat.new"));
        program.send(prompt);
        program.awaitAnswer("Answer to " + prompt + ".");
        program.awaitMeasured(1);
    }

    private void sayTwice() {
        say("first");
        say("second");
        assertThat(program.titles()).containsExactly("second", "first");
    }

    private void focusList() {
        Program.run(() -> program.conversations().requestFocus());
    }

    private void push(KeyCode... keys) {
        program.robot().push(keys);
        program.pulses(2);
    }

    private void awaitTitles(String... titles) {
        program.await(List.of(titles) + " in the list", () -> program.titles().equals(List.of(titles)));
    }

    /** What a screen reader says of the rows in sight, from top to bottom. */
    private List<String> said() {
        program.pulses(2);
        return Program.onFx(() ->
                program
                        .all(
                                ListCell.class,
                                cell -> cell.getStyleClass().contains("conversation-cell") && !cell.isEmpty())
                        .stream()
                        .sorted(Comparator.comparingInt(row -> row.getIndex()))
                        .map(cell -> String.valueOf(cell.queryAccessibleAttribute(AccessibleAttribute.TEXT)))
                        .toList());
    }

    private List<String> selected() {
        List<Integer> indices = Program.onFx(
                () -> List.copyOf(program.conversations().getSelectionModel().getSelectedIndices()));
        return indices.stream().map(said()::get).toList();
    }

    @Test
    void theOpenConversationIsSelectedAndAnEmptyChatIsNot() {
        assertThat(program.titles()).isEmpty();
        program.awaitText(ENGLISH.get("conversations.none"));
        sayTwice();
        assertThat(said()).containsExactly(TODAY, "second", "first");
        assertThat(selected()).containsExactly("second");
        program.press(ENGLISH.get("chat.new"));
        assertThat(selected()).isEmpty();

        program.openConversation("first");
        program.awaitAnswer("Answer to first.");
        assertThat(selected()).containsExactly("first");
    }

    @Test
    void theArrowKeysOpenOneConversationAfterTheOtherAndStepOverHeadings() {
        sayTwice();
        focusList();
        push(KeyCode.DOWN);
        program.awaitAnswer("Answer to first.");
        push(KeyCode.UP);
        program.awaitAnswer("Answer to second.");
        push(KeyCode.UP);
        assertThat(selected()).containsExactly("second");
        push(KeyCode.SHIFT, KeyCode.DOWN);
        assertThat(selected()).containsExactly("second", "first");
        assertThat(program.answer()).isEqualTo("Answer to second.");
        push(KeyCode.ENTER);
        program.awaitAnswer("Answer to first.");
        program.await("the focus in the prompt", () -> program.prompt().isFocused());
    }

    @Test
    void aClickOpensAConversationAndLeadsToThePrompt() {
        sayTwice();
        program.pulses(2);
        ListCell<?> cell = program.all(ListCell.class, row -> "first".equals(row.getAccessibleText()))
                .getFirst();
        program.robot().clickOn(cell);
        program.awaitAnswer("Answer to first.");
        program.await("the focus in the prompt", () -> program.prompt().isFocused());
    }

    private void rename(String name, KeyCode end) {
        focusList();
        push(KeyCode.F2);
        program.await("the field", () -> program.isShown("rename-field"));
        TextField field = program.the(TextField.class, "rename-field");
        program.await("the focus in the field", field::isFocused);
        Program.run(() -> field.setText(name));
        push(end);
        program.await("the field is gone", () -> !program.isShown("rename-field"));
        assertThat(Program.onFx(() -> program.conversations().isFocused()))
                .as("the list has the focus again")
                .isTrue();
    }

    @Test
    void aConversationIsRenamedInItsPlace() {
        sayTwice();
        rename("no", KeyCode.ESCAPE);
        rename(" ", KeyCode.ENTER);
        assertThat(program.titles()).containsExactly("second", "first");
        rename("its name", KeyCode.ENTER);
        assertThat(program.titles()).containsExactly("its name", "first");
        assertThat(Program.onFx(() -> program.stage().getTitle())).isEqualTo("Kansoku – its name");
        restart();
        awaitTitles("its name", "first");
    }

    private ContextMenu menu() {
        program.await("the menu", () -> Window.getWindows().stream().anyMatch(ContextMenu.class::isInstance));
        return Program.onFx(() -> Window.getWindows().stream()
                .filter(ContextMenu.class::isInstance)
                .map(ContextMenu.class::cast)
                .findFirst()
                .orElseThrow());
    }

    private void choose(String item) {
        focusList();
        push(KeyCode.SHIFT, KeyCode.F10);
        ContextMenu menu = menu();
        Program.begin(() -> {
            MenuItem chosen = menu.getItems().stream()
                    .filter(each -> item.equals(each.getText()))
                    .findFirst()
                    .orElseThrow();
            chosen.fire();
            menu.hide();
        });
        program.pulses(2);
    }

    @Test
    void aPinnedConversationStandsOnTop() {
        sayTwice();
        program.openConversation("first");
        choose(ENGLISH.get("conversations.pin"));
        assertThat(said()).containsExactly(ENGLISH.get("conversations.pinned"), "first", TODAY, "second");
        restart();
        awaitTitles("first", "second");
        program.openConversation("first");
        choose(ENGLISH.get("conversations.unpin"));
        assertThat(said()).containsExactly(TODAY, "second", "first");
    }

    @Test
    void whatIsDeletedCanBeHadBackAtOnce() {
        sayTwice();
        focusList();
        push(KeyCode.DELETE);
        program.awaitText(ENGLISH.get("conversations.deletedOne"));
        awaitTitles("first");
        program.awaitText(ENGLISH.get("welcome.ready.title"));
        push(KeyCode.CONTROL, KeyCode.Z);
        awaitTitles("second", "first");
        program.awaitAnswer("Answer to second.");

        focusList();
        push(KeyCode.CONTROL, KeyCode.A);
        push(KeyCode.DELETE);
        program.awaitText(ENGLISH.get("conversations.deleted", 2));
        program.awaitText(ENGLISH.get("conversations.none"));
        program.press(ENGLISH.get("conversations.undo"));
        awaitTitles("second", "first");
    }

    @Test
    void theTrashGivesBackOrDeletesForGood() {
        sayTwice();
        say("third");
        focusList();
        push(KeyCode.CONTROL, KeyCode.A);
        push(KeyCode.DELETE);
        program.awaitText(ENGLISH.get("conversations.none"));
        program.press(ENGLISH.get("conversations.trash"));
        program.awaitText(ENGLISH.get("conversations.trashNote", 30));
        program.await("three in the trash", () -> program.titles().size() == 3);

        program.openConversation("second");
        program.press(ENGLISH.get("conversations.restore"));
        program.await("two in the trash", () -> program.titles().size() == 2);
        assertThat(program.answer()).as("of what was clicked in the trash").isEmpty();
        program.openConversation("first");
        Program.begin(() -> Program.pressIn(program.conversations(), KeyCode.DELETE));
        program.awaitText(ENGLISH.get("conversations.purgeOne"));
        program.answerDialog(ENGLISH.get("conversations.purge"));
        awaitTitles("third");
        program.press(ENGLISH.get("conversations.empty"));
        program.answerDialog(ENGLISH.get("conversations.empty"));
        program.awaitText(ENGLISH.get("conversations.trashEmpty"));

        focusList();
        push(KeyCode.ESCAPE);
        assertThat(said()).containsExactly(TODAY, "second");
        restart();
        awaitTitles("second");
        program.press(ENGLISH.get("conversations.trash"));
        program.awaitText(ENGLISH.get("conversations.trashEmpty"));
    }

    @Test
    void anAnswerThatCameElsewhereIsMarkedUntilItIsRead() {
        var goOn = new CountDownLatch(1);
        server.on(
                "/api/chat",
                exchange -> exchange.stream()
                        .line(chunk("Slow."))
                        .await(goOn)
                        .line(done())
                        .end());
        program.send("slow");
        program.awaitAnswer("Slow.");
        assertThat(said()).contains("slow, " + ENGLISH.get("conversations.running"));
        assertThat(program.isShown("running")).isTrue();
        program.press(ENGLISH.get("chat.new"));
        goOn.countDown();
        program.await("the mark", () -> program.isShown("done"));
        assertThat(said()).contains("slow, " + ENGLISH.get("conversations.done"));
        program.openConversation("slow");
        program.awaitAnswer("Slow.");
        assertThat(said()).contains("slow");
    }
}
