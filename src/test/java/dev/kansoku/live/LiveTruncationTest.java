package dev.kansoku.live;

import static dev.kansoku.live.LiveOllama.MODEL;
import static dev.kansoku.live.Program.options;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.TurnMaker;
import dev.kansoku.measure.TokenRatio;
import dev.kansoku.measure.Truncation;
import dev.kansoku.measure.TruncationCheck;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.ChatMessage;
import dev.kansoku.ollama.ChatMessage.Role;
import dev.kansoku.ollama.ChatRequest;
import dev.kansoku.ollama.ChatStream;
import dev.kansoku.ollama.OllamaException;
import dev.kansoku.ollama.ReplyFigures;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of a history that Ollama cuts without saying so, against what it counts when it need not cut. */
class LiveTruncationTest extends LiveProgramTest {

    private static final int WINDOW = 512;
    private static final int ANSWER = 20;

    /** About 95 tokens of this model's. */
    private static final String STORY = """
            The keeper climbed the stairs of the lighthouse every evening, lit the lamp, and wrote into his book which \
            ships had passed, how the wind had turned, and what the sea had brought ashore. One night the lamp went \
            out, and a fisherman rowed across the bay to find out why. He found the door open, the book on the table, \
            and the last page empty but for a drawing of a bird. What had happened to the keeper?""";

    private final TruncationCheck check = new TruncationCheck(new TokenRatio());
    private Conversation conversation;

    @BeforeEach
    void begin() {
        conversation = program.chat().newConversation();
    }

    @Test
    void aHistoryThatIsLongerThanTheWindowIsToldAndAboutHowMuchOfItIsMissing() throws Exception {
        var whole = new ArrayList<TurnMeasurement>();
        TurnMeasurement cut = say(STORY);
        Optional<Truncation> told = check.check(cut);
        while (told.isEmpty() && whole.size() < 8) {
            whole.add(cut);
            cut = say(STORY);
            told = check.check(cut);
        }

        for (TurnMeasurement measurement : whole) {
            assertNothingIsMissing(measurement);
        }
        long sent = sent(cut);
        long missing = sent - read(cut);
        System.out.printf("%d sent, %d read, told: %s%n", sent, read(cut), told);
        assertThat(missing).as("tokens that are missing").isPositive();
        assertThat(told.orElseThrow().tokens()).isCloseTo(missing, withinPercentage(30));
    }

    @Test
    void aHistoryJustBelowTheWindowIsNotTold() throws Exception {
        assertThat(check.check(say(STORY))).isEmpty();
        TurnMeasurement last = say(STORY);
        assertThat(check.check(last)).isEmpty();

        last = say("sea ".repeat(Math.toIntExact(WINDOW - read(last) - 3 * ANSWER)));

        assertThat(read(last)).as("tokens that were read").isBetween(WINDOW - 2L * ANSWER, (long) WINDOW);
        assertThat(check.check(last)).isEmpty();
        assertNothingIsMissing(last);
        System.out.printf("%d sent, %d read%n", sent(last), read(last));
    }

    private TurnMeasurement say(String prompt) {
        TurnMeasurement measurement =
                program.measured(program.send(conversation, MODEL, options(WINDOW, ANSWER), prompt));
        assertThat(measurement.contextLength()).isEqualTo(WINDOW);
        return measurement;
    }

    private void assertNothingIsMissing(TurnMeasurement measurement) throws OllamaException {
        assertThat(read(measurement)).as("tokens that were read").isEqualTo(sent(measurement));
    }

    private static long read(TurnMeasurement measurement) {
        return requireNonNull(requireNonNull(measurement.figures()).promptEvalCount());
    }

    /** What the model makes of the same messages where it has room for all of them. */
    private long sent(TurnMeasurement measurement) throws OllamaException {
        var messages = new ArrayList<ChatMessage>();
        for (String text : TurnMaker.sent(measurement.turn())) {
            messages.add(new ChatMessage(messages.size() % 2 == 0 ? Role.USER : Role.ASSISTANT, text));
        }
        try (ChatStream stream =
                program.client().chat(new ChatRequest(MODEL, messages, options(4 * WINDOW, 1), null))) {
            while (true) {
                ReplyFigures last = requireNonNull(stream.next()).last();
                if (last != null) {
                    return requireNonNull(last.promptEvalCount());
                }
            }
        }
    }
}
