package dev.kansoku.measure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What tells a cold start from a warm one; each signal may be missing.
 *
 * @param listedBefore whether {@code /api/ps} listed the model just before the request, by digest, not expired and with
 *     the context length that was asked for; {@code null} if it could not be asked
 * @param load the server's {@code load_duration}
 * @param threshold from this load duration on it is too long for a model that was in memory
 * @param runnerYounger whether the process that runs the model was started after the request; {@code null} for a server
 *     on another machine, or if no such process was found
 * @param optionsChanged whether the model was asked to run with other options than before that make the server load it
 *     anew, or {@code /api/ps} shows another context length for it
 * @param unaccounted time to first token less connect, load and prompt evaluation; {@code null} if one of them is
 *     unknown
 */
record LoadSignals(
        @Nullable Boolean listedBefore,
        @Nullable Duration load,
        Duration threshold,
        @Nullable Boolean runnerYounger,
        boolean optionsChanged,
        @Nullable Duration unaccounted) {

    private static final Duration LONG_WAIT = Duration.ofMillis(250);

    /** A verdict stands on at least two signals that agree. */
    LoadVerdict verdict() {
        if (load == null || listedBefore == null) {
            return LoadVerdict.UNKNOWN;
        }
        boolean longLoad = load.compareTo(threshold) > 0;
        if (longLoad) {
            return listedBefore ? longLoadOfListed() : longLoadOfAbsent();
        }
        if (Boolean.TRUE.equals(runnerYounger)) {
            return freshRunner();
        }
        if (isLongWait()) {
            return LoadVerdict.QUEUED;
        }
        // Absent, yet quick: another client may have loaded it in between. Only an older runner proves that.
        boolean warm = listedBefore || Boolean.FALSE.equals(runnerYounger);
        return warm ? LoadVerdict.WARM : LoadVerdict.UNKNOWN;
    }

    private LoadVerdict longLoadOfListed() {
        if (Boolean.TRUE.equals(runnerYounger) || optionsChanged) {
            return freshRunner();
        }
        return Boolean.FALSE.equals(runnerYounger) || isLongWait() ? LoadVerdict.QUEUED : LoadVerdict.UNKNOWN;
    }

    /** Listed, yet started anew: for other options, or because it was evicted or given up in between. */
    private LoadVerdict freshRunner() {
        return Boolean.TRUE.equals(listedBefore) && optionsChanged ? LoadVerdict.RELOAD : LoadVerdict.COLD;
    }

    private boolean isLongWait() {
        return unaccounted != null && unaccounted.compareTo(LONG_WAIT) > 0;
    }

    private LoadVerdict longLoadOfAbsent() {
        return Boolean.FALSE.equals(runnerYounger) ? LoadVerdict.UNKNOWN : LoadVerdict.COLD;
    }
}
