package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadSignalsTest {

    private static final Duration THRESHOLD = Duration.ofMillis(250);

    @ParameterizedTest(name = "{0}: {6}")
    @CsvSource(nullValues = "-", textBlock = """
            # what happens,                          listed, load, younger, options, wait, verdict
            cold on this machine,                     false, 20000, true,    false,    20,  COLD
            cold elsewhere,                           false, 20000, -,       false,    20,  COLD
            cold and nothing known of the wait,       false, 20000, true,    false,    -,   COLD
            cold and then a wait,                     false, 20000, true,    false,  3000,  COLD
            cold but quick: a tiny model,             false,   200, true,    false,    20,  COLD
            warm on this machine,                     true,     54, false,   false,    20,  WARM
            warm elsewhere,                           true,     54, -,       false,    20,  WARM
            warm and nothing known of the wait,       true,     54, -,       false,    -,   WARM
            warm at the threshold,                    true,    250, false,   false,   250,  WARM
            warm: another client has loaded it,       false,    54, false,   false,    20,  WARM
            evicted since it was listed,              true,   3000, true,    false,    20,  COLD
            given up while loading and loaded,        true,    200, true,    false,    20,  COLD
            options changed on this machine,          true,   3000, true,    true,     20,  RELOAD
            options changed and the load was quick,   true,    200, true,    true,     20,  RELOAD
            context changed elsewhere,                true,   3000, -,       true,     20,  RELOAD
            other options but not in memory,          false,  3000, true,    true,     20,  COLD
            a wait for a slot on this machine,        true,     30, false,   false,  6000,  QUEUED
            a wait for a slot elsewhere,              true,     30, -,       false,  6000,  QUEUED
            a wait just above the limit,              true,     30, -,       false,   251,  QUEUED
            a wait in the scheduler's queue,          true,   3000, false,   false,    20,  QUEUED
            a long load and a wait elsewhere,         true,   3000, -,       false,  6000,  QUEUED
            a long load elsewhere and no reason,      true,   3000, -,       false,    20,  UNKNOWN
            a long load elsewhere and no wait known,  true,   3000, -,       false,    -,   UNKNOWN
            absent but an older runner: contradictory, false, 20000, false,  false,    20,  UNKNOWN
            absent and quick elsewhere,               false,    54, -,       false,    20,  UNKNOWN
            ps failed,                                -,        54, false,   false,    20,  UNKNOWN
            ps failed and a long load,                -,     20000, true,    false,    20,  UNKNOWN
            no load is said,                          true,      -, false,   false,    20,  UNKNOWN
            nothing is known,                         -,         -, -,       false,    -,   UNKNOWN
            """)
    void theVerdictStandsOnTwoSignals(
            String what,
            @Nullable Boolean listed,
            @Nullable Long load,
            @Nullable Boolean younger,
            boolean optionsChanged,
            @Nullable Long wait,
            LoadVerdict verdict) {
        var signals = new LoadSignals(listed, ms(load), THRESHOLD, younger, optionsChanged, ms(wait));

        assertThat(signals.verdict()).as("%s: %s", what, signals).isEqualTo(verdict);
    }

    private static @Nullable Duration ms(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }
}
