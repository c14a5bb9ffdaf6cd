package dev.kansoku.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    private static final Figures ENGLISH = new Figures(new Words(Locale.ENGLISH));
    private static final Figures JAPANESE = new Figures(new Words(Locale.JAPANESE));

    /** With plain spaces: the ones that do not break look the same here. */
    private static String plain(String text) {
        return text.replace('\u00A0', ' ');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 ms | 0 ms",
                "400_000 | 0.4 ms | 0.4 ms",
                "2_440_000 | 2.4 ms | 2.4 ms",
                "38_000_000 | 38 ms | 38 ms",
                "940_000_000 | 940 ms | 940 ms",
                "999_600_000 | 1.0 s | 1.0 s",
                "1_000_000_000 | 1.0 s | 1.0 s",
                "7_240_000_000 | 7.2 s | 7.2 s",
                "22_140_000_000 | 22.1 s | 22.1 s",
                "99_940_000_000 | 99.9 s | 99.9 s",
                "99_960_000_000 | 1:39 min | 1:39 分",
                "185_000_000_000 | 3:05 min | 3:05 分",
                "3_723_000_000_000 | 1:02:03 min | 1:02:03 分",
            })
    void durations(String nanos, String english, String japanese) {
        Duration duration = Duration.ofNanos(Long.parseLong(nanos.replace("_", "")));
        assertThat(plain(ENGLISH.duration(duration))).isEqualTo(english);
        assertThat(plain(JAPANESE.duration(duration))).isEqualTo(japanese);
    }

    /** What is rounded to a whole second is written as one. */
    @ParameterizedTest
    @CsvSource({"994_000_000, 990 ms", "996_000_000, 1.0 s", "999_400_000, 1.0 s"})
    void justBelowASecond(String nanos, String expected) {
        assertThat(plain(ENGLISH.duration(Duration.ofNanos(Long.parseLong(nanos.replace("_", ""))))))
                .isEqualTo(expected);
    }

    /** Just below ten there are as many decimals as above and below. */
    @ParameterizedTest
    @CsvSource({"9_940, 9.9 s", "9_960, 10.0 s", "10_000, 10.0 s"})
    void aroundTenSeconds(String millis, String expected) {
        assertThat(plain(ENGLISH.duration(Duration.ofMillis(Long.parseLong(millis.replace("_", ""))))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1_500, 1.5 kB",
        "21_000, 21.0 kB",
        "637_700_138, 638 MB",
        "1_600_000_000, 1.6 GB",
        "999_600_000, 1.0 GB",
        "12_000_000_000_000, 12.0 TB"
    })
    void bytes(String bytes, String expected) {
        assertThat(plain(ENGLISH.bytes(Double.parseDouble(bytes.replace("_", "")))))
                .isEqualTo(expected);
        assertThat(plain(JAPANESE.bytes(Double.parseDouble(bytes.replace("_", "")))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 1 B", "20, 20 B", "999, 999 B"})
    void bytesAreNotDivided(double bytes, String expected) {
        assertThat(plain(ENGLISH.bytes(bytes))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.42, 0.42", "8.13, 8.1", "14.24, 14.2", "120.4, 120", "5000, '5,000'"})
    void rates(double rate, String expected) {
        assertThat(ENGLISH.rate(rate)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "252, 4:12", "3599, 59:59", "3723, 1:02:03"})
    void clocks(long seconds, String expected) {
        assertThat(ENGLISH.clock(Duration.ofSeconds(seconds))).isEqualTo(expected);
        assertThat(JAPANESE.clock(Duration.ofSeconds(seconds))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"400, 0.4 s", "12_340, 12.3 s", "59_940, 59.9 s", "59_990, 1:00", "185_000, 3:05"})
    void whatCountsUp(String millis, String expected) {
        assertThat(plain(ENGLISH.elapsed(Duration.ofMillis(Long.parseLong(millis.replace("_", ""))))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"26, 26", "1204, '1,204'"})
    void counts(long count, String expected) {
        assertThat(ENGLISH.count(count)).isEqualTo(expected);
        assertThat(JAPANESE.count(count)).isEqualTo(expected);
    }
}
