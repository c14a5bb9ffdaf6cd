package dev.kansoku.ui.panel;

import static dev.kansoku.ui.panel.Lines.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.measure.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartCsvTest {

    private static final WallClock CLOCK = new WallClock(seconds(100), Instant.parse("2027-03-01T12:00:00Z"));

    private static ChartLine line(String column, Series series) {
        return new ChartLine("名前", column, series, Duration.ofSeconds(1), LineStyle.SOLID, false);
    }

    @Test
    void aRowIsAMomentAndAColumnALine() {
        var machine = Lines.series(9, 100, 0.25, Double.NaN, 1);
        var ollama = new Series(9);
        ollama.add(seconds(101), 1e-7);
        ollama.add(seconds(101.5), 17_179_869_184.0);

        assertThat(new ChartCsv(List.of(line("machine", machine), line("ollama", ollama)), CLOCK)
                        .between(seconds(100), seconds(102)))
                .isEqualTo("""
                        time,seconds,machine,ollama
                        2027-03-01T12:00:00Z,0.000,0.25,
                        2027-03-01T12:00:01Z,1.000,,0.0000001
                        2027-03-01T12:00:01.500Z,1.500,,17179869184
                        2027-03-01T12:00:02Z,2.000,1,
                        """.replace("\n", "\r\n"));
    }

    @Test
    void itHoldsOnlyWhatIsShown() {
        var csv = new ChartCsv(List.of(line("machine", Lines.series(9, 100, 1, 2, 3))), CLOCK);

        assertThat(csv.between(seconds(100.5), seconds(101.5)).lines())
                .containsExactly("time,seconds,machine", "2027-03-01T12:00:01Z,0.000,2");
        assertThat(csv.between(seconds(7), seconds(8)).lines()).containsExactly("time,seconds,machine");
    }

    @Test
    void namesAreQuotedWhereTheyHaveTo() {
        var csv = new ChartCsv(List.of(line("a,b", new Series(1)), line("say \"c\"", new Series(1))), CLOCK);

        assertThat(csv.between(0, 1)).isEqualTo("time,seconds,\"a,b\",\"say \"\"c\"\"\"\r\n");
    }

    @Test
    void anOverflowOfTheClockDoesNotMatter() {
        var series = new Series(9);
        series.add(Long.MAX_VALUE - 5, 1);
        series.add(Long.MIN_VALUE + 999_999_994, 2);

        assertThat(new ChartCsv(List.of(line("machine", series)), CLOCK)
                        .between(Long.MAX_VALUE - 5, Long.MIN_VALUE + 999_999_994)
                        .lines()
                        .map(row -> row.substring(row.indexOf(',') + 1)))
                .containsExactly("seconds,machine", "0.000,1", "1.000,2");
    }
}
