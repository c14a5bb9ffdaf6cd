package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static dev.kansoku.ollama.ScriptedServer.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ui.tour.Sight;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javafx.event.Event;
import javafx.scene.AccessibleAttribute;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.Test;

/** The live panel: what it shows of all turns, and where it is. */
class PanelTest extends UiTest {

    private final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    protected void prepare() {
        server.on("/api/show", exchange -> exchange.json(200, "{}"))
                .on("/api/ps", exchange -> exchange.json(200, running("tinyllama:latest")))
                .on("/api/chat", exchange -> {
                    exchange.stream().line(chunk("Hello."));
                    // As long as it says: figures that do not fit are not believed.
                    Thread.sleep(Duration.ofMillis(90));
                    exchange.line(done(90, 20, 26, 20, 10, 20)).end();
                });
    }

    private void ask(int times) {
        for (int i = 1; i <= times; i++) {
            program.send("Hi");
            program.awaitMeasured(i);
        }
    }

    private Region bars() {
        return program.the(Region.class, "turn-bars");
    }

    private static String said(Region bars) {
        return Program.onFx(() -> String.valueOf(bars.queryAccessibleAttribute(AccessibleAttribute.TEXT)));
    }

    @Test
    void everyAnswerHasABarAndOneIsLookedAtByKeyboard() {
        assertThat(program.isShown("turn-bars")).isFalse();
        ask(2);
        assertThat(program.all(Region.class, node -> node.getStyleClass().contains("turn-bar")))
                .as("two charts of two answers each")
                .hasSize(4);
        assertThat(program.isInSight(ENGLISH.get("panel.lastTurn"))).isTrue();

        Program.pressIn(bars(), KeyCode.LEFT);
        program.awaitText(" · tinyllama");
        assertThat(said(bars())).contains("tinyllama");
        Program.pressIn(bars(), KeyCode.ESCAPE);
        program.awaitGone(" · tinyllama");
    }

    @Test
    void answersOfOtherConversationsAreCounted() {
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("One."));
            goOn.await();
            exchange.line(done(90, 20, 26, 20, 10, 20)).end();
        });
        program.send("Hi");
        program.awaitAnswer("One.");
        program.press(ENGLISH.get("chat.new"));
        program.awaitText(ENGLISH.get("panel.others", 1));
        goOn.countDown();
        program.awaitGone(ENGLISH.get("panel.others", 1));
    }

    @Test
    void loadTimesComeBackAfterARestart() {
        assertThat(program.isInSight(ENGLISH.get("panel.noLoads"))).isTrue();
        ask(1);
        program.await("the load time", () -> program.isShown("load-bars"));
        restart();
        program.await("the load time", () -> program.isShown("load-bars"));
        assertThat(program.isInSight(ENGLISH.get("panel.noLoads"))).isFalse();
    }

    // Where it is

    /** Once it has been laid out there: until then what a scroll pane holds is nowhere. */
    private Window windowOfPanel() {
        program.await("the panel", () -> program.isShown("panel"));
        Region panel = program.the(Region.class, "panel");
        return Program.onFx(() -> panel.getScene().getWindow());
    }

    @Test
    void itGetsAWindowOfItsOwnAndGoesBack() {
        assertThat(windowOfPanel()).isSameAs(program.stage());
        program.press(ENGLISH.get("panel.apart"));
        program.await("two windows", () -> Sight.windows().size() == 2);
        Window own = windowOfPanel();
        assertThat(own).isNotSameAs(program.stage());
        ask(1);
        assertThat(program.isShown("turn-bars")).isTrue();

        Program.begin(() -> Event.fireEvent(own, new WindowEvent(own, WindowEvent.WINDOW_CLOSE_REQUEST)));
        program.await("one window", () -> Sight.windows().size() == 1);
        assertThat(windowOfPanel()).isSameAs(program.stage());
        assertThat(program.isShown("turn-bars")).isTrue();
    }

    @Test
    void itsWindowComesBackAsItWasLeft() {
        program.press(ENGLISH.get("panel.apart"));
        program.await("two windows", () -> Sight.windows().size() == 2);
        program.press(ENGLISH.get("panel.onTop"));
        Window own = windowOfPanel();
        Program.run(() -> {
            own.setX(40);
            own.setY(50);
            own.setWidth(500);
            own.setHeight(600);
        });
        restart();
        program.await("two windows", () -> Sight.windows().size() == 2);
        var again = (Stage) windowOfPanel();
        assertThat(Program.onFx(again::isAlwaysOnTop)).isTrue();
        assertThat(Program.onFx(() -> new double[] {again.getX(), again.getY(), again.getWidth(), again.getHeight()}))
                .containsExactly(40, 50, 500, 600);
    }

    @Test
    void itsWindowIsHiddenAndShownLikeThePanel() {
        program.press(ENGLISH.get("panel.apart"));
        program.await("two windows", () -> Sight.windows().size() == 2);
        program.press(ENGLISH.get("main.panel"));
        program.await("one window", () -> Sight.windows().size() == 1);
        program.press(ENGLISH.get("main.panel"));
        program.await("two windows", () -> Sight.windows().size() == 2);
    }

    @Test
    void closingTheProgramClosesItsWindow() {
        program.press(ENGLISH.get("panel.apart"));
        program.await("two windows", () -> Sight.windows().size() == 2);
        Program.run(() -> program.stage().hide());
        program.await("no window", () -> Sight.windows().isEmpty());
    }
}
