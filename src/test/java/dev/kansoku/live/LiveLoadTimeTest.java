package dev.kansoku.live;

import static dev.kansoku.live.LiveOllama.MODEL;
import static dev.kansoku.live.Program.tokens;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.SegmentKind;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Words;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The load time that is measured and shown, against what Ollama wrote onto the wire. */
@Tag("live")
class LiveLoadTimeTest {

    private static final Pattern LOAD = Pattern.compile("\"load_duration\":(\\d+)");
    private static final Pattern SHOWN = Pattern.compile("([\\d.]+)\\h(ms|s)");

    @Test
    void itIsTheReplysOwnColdAndWarm() {
        try (var ollama = LiveOllama.start();
                var proxy = RecordingProxy.before(ollama);
                var program = Program.at(proxy.address())) {
            List<TurnMeasurement> turns = List.of(
                    program.ask(MODEL, tokens(20), LiveProgramTest.PROMPT),
                    program.ask(MODEL, tokens(20), LiveProgramTest.PROMPT));
            Program.awaitThat(
                    "the end of both replies", Program.LONG, () -> proxy.chats().size() == 2);

            assertThat(turns).extracting(TurnMeasurement::verdict).containsExactly(LoadVerdict.COLD, LoadVerdict.WARM);
            for (int i = 0; i < 2; i++) {
                assertIsWhatWasSaid(turns.get(i), proxy.chats().get(i));
            }
        }
    }

    private static void assertIsWhatWasSaid(TurnMeasurement turn, String reply) {
        assertThat(reply.lines()).as("lines of the reply").hasSizeGreaterThan(10);
        long nanos = said(reply);
        Duration load = turn.segments().duration(SegmentKind.LOAD).orElseThrow();
        assertThat(load).isEqualTo(Duration.ofNanos(nanos));
        assertThat(requireNonNull(turn.figures()).load()).isEqualTo(load);

        String shown = new Figures(new Words(Locale.ENGLISH)).duration(load);
        System.out.printf("%s: said %d ns, shown %s%n", turn.verdict(), nanos, shown);
        assertThat(seconds(shown)).as("shown, with two digits").isCloseTo(nanos / 1e9, withinPercentage(5));
    }

    private static long said(String reply) {
        Matcher matcher = LOAD.matcher(reply);
        assertThat(matcher.find()).as("load_duration in %s", reply).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private static double seconds(String shown) {
        Matcher matcher = SHOWN.matcher(shown);
        assertThat(matcher.matches()).as(shown).isTrue();
        return Double.parseDouble(matcher.group(1)) / (matcher.group(2).equals("ms") ? 1000 : 1);
    }
}
