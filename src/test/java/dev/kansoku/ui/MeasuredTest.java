package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static dev.kansoku.ollama.ScriptedServer.running;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What stands under and around an answer once it is measured. */
class MeasuredTest extends UiTest {

    @Override
    protected void prepare() {
        server.on("/api/show", exchange -> exchange.json(200, "{}"))
                .on("/api/ps", exchange -> exchange.json(200, running("tinyllama:latest")));
    }

    /** An answer of ten tokens to a prompt of so many, history included. */
    private void answerAfter(long promptTokens) {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done(90, 20, promptTokens, 20, 10, 20)));
    }

    @Test
    void anAnswerOpensIntoItsWaterfall() {
        answerAfter(26);
        program.send("Hi");
        program.awaitMeasured(1);
        assertThat(program.isShown("waterfall")).isFalse();

        program.press(ENGLISH.get("waterfall.open"));

        program.await("the waterfall", () -> program.isShown("waterfall"));
        assertThat(program.inSight())
                .contains(
                        ENGLISH.get("waterfall.server"),
                        ENGLISH.get("waterfall.prompt", "20\u00A0ms", ENGLISH.get("waterfall.tokens", "26")),
                        ENGLISH.get("waterfall.client"),
                        ENGLISH.get("waterfall.version", "0.0.0"));
        program.press(ENGLISH.get("waterfall.open"));
        program.await("the waterfall is closed", () -> !program.isShown("waterfall"));
    }

    @Test
    void whatTheServerDidNotSayIsUnknown() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done("\"done_reason\":\"stop\"")));
        program.send("Hi");
        program.await(
                "measured",
                () -> !program.buttons(ENGLISH.get("waterfall.open")).isEmpty());
        program.press(ENGLISH.get("waterfall.open"));
        program.awaitText(ENGLISH.get("waterfall.total", ENGLISH.get("unknown")));
        assertThat(program.inSight()).contains(ENGLISH.get("waterfall.load", ENGLISH.get("unknown")));
    }

    @Test
    void theGaugeSaysHowFullTheContextIs() {
        answerAfter(1_194);
        program.send("Hi");
        program.awaitText(ENGLISH.get("context.gauge", "1,204", "4,096"));
        assertThat(program.isShown("context-note")).isFalse();
    }

    @Test
    void aPromptThatWouldLeaveNoRoomIsWarnedOf() {
        answerAfter(3_000);
        program.send("Hi");
        program.awaitText(ENGLISH.get("context.gauge", "3,010", "4,096"));
        program.type("word ".repeat(1_000));
        program.awaitText(ENGLISH.get("context.wouldNotFit", "4,096"));
        Program.run(() -> program.prompt().clear());
        program.awaitGone(ENGLISH.get("context.wouldNotFit", "4,096"));
    }

    @Test
    void aHistoryThatWasCutRaisesTheAlarm() {
        answerAfter(4_090);
        program.send("Hi");
        program.awaitMeasured(1);
        answerAfter(1_500);
        program.send("And now?");
        program.await("the alarm", () -> program.isShown("context-note"));
        assertThat(program.inSight()).contains("Ollama cut about");
    }

    @Test
    void aHistoryThatIsWholeRaisesNone() {
        answerAfter(1_000);
        program.send("Hi");
        program.awaitMeasured(1);
        answerAfter(1_020);
        program.send("And now?");
        program.awaitMeasured(2);
        assertThat(program.isShown("context-note")).isFalse();
    }
}
