package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Following the end of an answer, looking back, and selecting while the answer goes on. */
class ScrollTest extends UiTest {

    private final CountDownLatch more = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    private static String paragraphs(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "Paragraph " + i + " of the answer, with some words to fill it.\n\n")
                .collect(Collectors.joining());
    }

    /** Forty paragraphs; then forty more; then the end. */
    private void answerLong() {
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk(paragraphs(0, 40))).await(more);
            for (int i = 40; i < 80; i++) {
                exchange.line(chunk(paragraphs(i, i + 1)));
            }
            exchange.line(chunk("The last.")).await(end);
            exchange.line(done()).end();
        });
        program.send("Tell me a lot");
        program.awaitAnswer("Paragraph 39 ");
        program.pulses(3);
    }

    private void wheel(double up) {
        Program.run(() -> {
            Bounds bounds = program.messages().localToScreen(program.messages().getLayoutBounds());
            Event.fireEvent(
                    program.messages().lookup(".virtual-flow"),
                    new ScrollEvent(
                            ScrollEvent.SCROLL,
                            200,
                            200,
                            bounds.getCenterX(),
                            bounds.getCenterY(),
                            false,
                            false,
                            false,
                            false,
                            false,
                            false,
                            0,
                            up,
                            0,
                            up,
                            ScrollEvent.HorizontalTextScrollUnits.NONE,
                            0,
                            ScrollEvent.VerticalTextScrollUnits.NONE,
                            0,
                            0,
                            null));
        });
        program.pulses(2);
    }

    private ScrollBar bar() {
        return program.all(ScrollBar.class, bar -> bar.getOrientation() == Orientation.VERTICAL).stream()
                .filter(bar -> Program.onFx(
                        () -> program.messages().equals(bar.getParent().getParent())))
                .findFirst()
                .orElseThrow();
    }

    private boolean isAtEnd() {
        return Program.onFx(() -> {
            Text last = program.all(Text.class, text -> text.getText().startsWith("The last.")).stream()
                    .findFirst()
                    .orElse(null);
            if (last == null) {
                return false;
            }
            Bounds list = program.messages().localToScene(program.messages().getLayoutBounds());
            return last.localToScene(last.getLayoutBounds()).getMaxY() <= list.getMaxY() + 1;
        });
    }

    private boolean isJumpShown() {
        return program.isShown("jump");
    }

    /** Where on the screen the first block in sight that starts like this stands. */
    private double top(String start) {
        return Program.onFx(() -> {
            Text text = block(start);
            return text.localToScene(text.getLayoutBounds()).getMinY();
        });
    }

    private Text block(String start) {
        return program.all(Text.class, text -> text.getText().startsWith(start)).getFirst();
    }

    /** By hand: the drags of JavaFX's headless robot say that no button is held. */
    private void drag(Point2D to) {
        Program.run(() -> {
            Point2D place = program.messages().screenToLocal(to);
            Event.fireEvent(
                    program.messages(),
                    new MouseEvent(
                            MouseEvent.MOUSE_DRAGGED,
                            program.messages().localToScene(place).getX(),
                            program.messages().localToScene(place).getY(),
                            to.getX(),
                            to.getY(),
                            MouseButton.PRIMARY,
                            1,
                            false,
                            false,
                            false,
                            false,
                            true,
                            false,
                            false,
                            false,
                            false,
                            false,
                            null));
        });
    }

    @Test
    void theListFollowsTheAnswer() {
        answerLong();
        assertThat(isJumpShown()).isFalse();
        more.countDown();
        program.await("the end in sight", this::isAtEnd);
        end.countDown();
        program.awaitMeasured(1);
        program.pulses(3);
        assertThat(isJumpShown()).isFalse();
        assertThat(Program.onFx(() -> bar().getValue() / bar().getMax())).isGreaterThan(0.99);
    }

    /** Many rows at once: the list knows their heights only after it has laid them out. */
    @RepeatedTest(4)
    void theEndOfAFloodIsInSight() {
        server.on("/api/chat", exchange -> {
            exchange.stream();
            for (int i = 0; i < 40; i++) {
                exchange.line(chunk(("word ".repeat(20) + "\n\n").repeat(50)));
            }
            // Nothing more comes that would make the list look again.
            exchange.line(chunk("The last.")).await(end);
            exchange.line(done()).end();
        });
        program.send("flood");
        program.await("the end in sight", this::isAtEnd);
        end.countDown();
        program.awaitMeasured(1);
        assertThat(isJumpShown()).isFalse();
    }

    @Test
    void theScrollBarOfAVeryLongAnswerCanBeGrabbed() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk(paragraphs(0, 3000)), done()));
        program.send("Tell me all");
        program.awaitAnswer("Paragraph 2999 ");
        program.pulses(3);

        assertThat(Program.onFx(() -> ((Region) bar().lookup(".thumb")).getHeight()))
                .as("height of the thumb in pixels")
                .isGreaterThanOrEqualTo(24);
    }

    @Test
    void theWheelStopsTheFollowingAndTheButtonBringsItBack() {
        answerLong();
        wheel(600);
        assertThat(isJumpShown()).isTrue();
        String first = program.blocks("answer").get(3);
        double before = top(first);

        more.countDown();
        program.await("the rest", () -> program.messages().getItems().size() > 80);
        program.pulses(5);
        assertThat(top(first)).as("the place of what is read").isBetween(before - 1, before + 1);
        assertThat(program.answer()).doesNotContain("The last.");

        program.press(ENGLISH.get("chat.jump"));
        program.await("the end in sight", this::isAtEnd);
        program.await("no button", () -> !isJumpShown());
        end.countDown();
        program.awaitMeasured(1);
        assertThat(isJumpShown()).isFalse();
    }

    @Test
    void whoScrollsBackToTheEndFollowsAgain() {
        answerLong();
        wheel(600);
        assertThat(isJumpShown()).isTrue();
        wheel(-5_000);
        program.await("no button", () -> !isJumpShown());
        more.countDown();
        program.await("the end in sight", this::isAtEnd);
    }

    @Test
    void sendingBringsTheEndBack() {
        answerLong();
        end.countDown();
        more.countDown();
        program.awaitMeasured(1);
        wheel(600);
        assertThat(isJumpShown()).isTrue();
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Brief."), done()));
        program.send("And briefly?");
        program.awaitAnswer("Brief.");
        assertThat(isJumpShown()).isFalse();
    }

    @Test
    void whereEverythingIsInSightThereIsNothingToJumpTo() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Brief."), done()));
        program.send("Briefly?");
        program.awaitAnswer("Brief.");
        program.awaitMeasured(1);
        wheel(100);
        assertThat(isJumpShown()).as("after the wheel").isFalse();
        Program.run(() -> program.messages().requestFocus());
        program.robot().push(KeyCode.PAGE_UP);
        program.pulses(2);
        assertThat(isJumpShown()).as("after a key").isFalse();
    }

    @Test
    void whatIsSelectedStaysWhileTheAnswerGrows() {
        answerLong();
        wheel(400);
        List<String> blocks = program.blocks("answer");
        Text from = block(blocks.get(2));
        Text to = block(blocks.get(3));
        Point2D start =
                Program.onFx(() -> from.localToScreen(1, from.getLayoutBounds().getCenterY()));
        Point2D stop = Program.onFx(() -> to.localToScreen(
                to.getLayoutBounds().getMaxX() + 20, to.getLayoutBounds().getCenterY()));
        program.robot().moveTo(start).press(MouseButton.PRIMARY);
        more.countDown();
        program.await("it grows", () -> program.messages().getItems().size() > 60);
        drag(stop);
        program.robot().moveTo(stop).release(MouseButton.PRIMARY);
        program.await("all of it", () -> program.messages().getItems().size() > 80);
        program.pulses(3);

        program.robot().push(KeyCode.CONTROL, KeyCode.C);
        assertThat(Program.clipboard()).isEqualTo(blocks.get(2) + "\n\n" + blocks.get(3));
        assertThat(program.answer()).doesNotContain("The last.");
    }

    @Test
    void aDoubleClickSelectsAWordAndATripleClickTheBlock() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Alpha beta gamma."), done()));
        program.send("Hi");
        program.awaitAnswer("Alpha beta gamma.");
        program.awaitMeasured(1);
        program.pulses(2);
        Text text = block("Alpha");
        Point2D middle = Program.onFx(() -> text.localToScreen(
                text.getLayoutBounds().getWidth() * 0.45, text.getLayoutBounds().getCenterY()));
        program.robot().doubleClickOn(middle);
        program.robot().push(KeyCode.CONTROL, KeyCode.C);
        assertThat(Program.clipboard()).isEqualTo("beta");

        program.robot().clickOn(middle).clickOn(middle).clickOn(middle);
        program.robot().push(KeyCode.CONTROL, KeyCode.C);
        assertThat(Program.clipboard()).isEqualTo("Alpha beta gamma.");
    }
}
