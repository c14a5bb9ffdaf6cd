package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ui.common.Figures;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.geometry.Bounds;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.shape.Path;
import org.junit.jupiter.api.Test;

/** Finding again what was said. */
class SearchTest extends UiTest {

    private static final Figures FIGURES = new Figures(ENGLISH);

    private void say(String prompt, String answer) {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk(answer), done()));
        program.press(ENGLISH.get("chat.new"));
        program.send(prompt);
        program.awaitMeasured(1);
    }

    /** What was said is on the disk only a moment after it was measured; at the latest when the program ends. */
    private void sayOfSeaAndGrass() {
        say("Why is the sea blue?", "The sea is blue as it takes the red away.");
        say("And grass?", "Grass is green.");
        restart();
        program.await("the focus", () -> program.prompt().isFocused());
    }

    private TextField field() {
        return program.the(TextField.class, "search-field");
    }

    private ListView<?> hits() {
        return program.the(ListView.class, "hit-list");
    }

    private void search(String text) {
        program.robot().push(KeyCode.SHORTCUT, KeyCode.F);
        program.await("the focus in the search field", () -> field().isFocused());
        program.robot().write(text);
    }

    private void awaitFound(int count) {
        program.awaitText(ENGLISH.get("search.found", FIGURES.count(count)));
    }

    /** What is marked in the chat, as places in the scene. */
    private List<Bounds> marked() {
        return Program.onFx(() -> program
                .all(
                        Path.class,
                        path -> path.getStyleClass().contains("found-text")
                                && path.getParent().getStyleClass().contains("text-view")
                                && !path.getElements().isEmpty())
                .stream()
                .map(path -> path.localToScene(path.getBoundsInLocal()))
                .toList());
    }

    private void awaitMarked(int blocks) {
        program.await(blocks + " blocks with marks", () -> marked().size() == blocks);
    }

    @Test
    void whatWasSaidInAnotherConversationIsFoundOpenedAndMarked() {
        sayOfSeaAndGrass();
        search("sea");
        awaitFound(2);
        program.robot().push(KeyCode.ENTER);
        program.awaitAnswer("The sea is blue");
        awaitMarked(2);
        assertThat(Program.onFx(() -> field().isFocused()))
                .as("the next can be opened")
                .isTrue();

        program.robot().push(KeyCode.ESCAPE);
        awaitMarked(0);
        assertThat(program.isShown("hit-list")).isFalse();
        assertThat(Program.onFx(() -> field().getText())).isEmpty();
        program.robot().push(KeyCode.ESCAPE);
        program.await("the focus back in the prompt", () -> program.prompt().isFocused());
        assertThat(program.answer()).contains("The sea is blue");
    }

    @Test
    void theHitsAreReachedByKeys() {
        sayOfSeaAndGrass();
        search("gr");
        awaitFound(2);
        program.robot().push(KeyCode.DOWN);
        program.await("the focus in the hits", () -> hits().isFocused());
        program.robot().push(KeyCode.DOWN).push(KeyCode.ENTER);
        program.awaitAnswer("Grass is green.");
        program.robot().push(KeyCode.UP).push(KeyCode.UP);
        program.await("the focus back in the field", () -> field().isFocused());
    }

    @Test
    void aConversationThatIsOpenedWithoutASearchHasNoMarks() {
        sayOfSeaAndGrass();
        search("sea");
        awaitFound(2);
        program.robot().push(KeyCode.ENTER);
        awaitMarked(2);
        program.robot().push(KeyCode.SHORTCUT, KeyCode.N);
        program.awaitText(ENGLISH.get("welcome.ready.title"));
        awaitMarked(0);
    }

    /** It stands in the middle of a long answer, of which the end would be shown otherwise. */
    @Test
    void aHitFarUpIsBroughtIntoSightAndStaysThere() {
        String before = IntStream.range(0, 60)
                .mapToObj(i -> "Paragraph " + i + " of the answer, with some words to fill it.\n\n")
                .collect(Collectors.joining());
        String filled = "Words to fill a paragraph that is higher than the window. ".repeat(40);
        say("Tell me a lot", before + filled + "Here is the needle. " + filled + "\n\n" + before);
        restart();
        search("needle");
        awaitFound(1);
        program.robot().push(KeyCode.ENTER);
        awaitMarked(1);
        program.pulses(5);
        Bounds list = Program.onFx(
                () -> program.messages().localToScene(program.messages().getLayoutBounds()));
        assertThat(marked().getFirst().getMinY()).isBetween(list.getMinY(), list.getMaxY());
        assertThat(marked().getFirst().getMaxY()).isBetween(list.getMinY(), list.getMaxY());
        assertThat(program.isShown("jump")).isTrue();
    }

    @Test
    void nothingFoundIsSaidAndAFilterCanBeTakenAwayThere() {
        sayOfSeaAndGrass();
        search("sea");
        awaitFound(2);
        Program.run(() -> {
            var failed = (CheckMenuItem)
                    program.the(MenuButton.class, "search-filter").getItems().getLast();
            failed.setSelected(true);
            failed.fire();
        });
        program.awaitText(ENGLISH.get("search.nothing", "sea"));
        program.awaitText(ENGLISH.get("search.hint.filters"));
        program.press(ENGLISH.get("search.failed"));
        awaitFound(2);
        program.awaitGone(ENGLISH.get("search.failed"));
    }

    @Test
    void whileAnAnswerIsWrittenEscInTheSearchDoesNotStopIt() {
        sayOfSeaAndGrass();
        server.on(
                "/api/chat",
                exchange -> exchange.stream().line(chunk("So it goes on")).awaitClientGone());
        program.send("And then?");
        program.awaitAnswer("So it goes on");
        search("sea");
        awaitFound(2);
        program.robot().push(KeyCode.ESCAPE).push(KeyCode.ESCAPE);
        program.await("the focus back in the prompt", () -> program.prompt().isFocused());
        assertThat(program.isInSight(ENGLISH.get("chat.stopped"))).isFalse();
        program.robot().push(KeyCode.ESCAPE);
        program.awaitText(ENGLISH.get("chat.stopped"));
    }
}
