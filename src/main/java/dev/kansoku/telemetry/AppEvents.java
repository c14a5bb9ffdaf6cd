package dev.kansoku.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What happens to the program itself, as the conventions for client applications have it. */
final class AppEvents {

    /** From here on a picture that is late is a window that stands still. */
    private static final Duration FROZEN = Duration.ofMillis(700);

    private final Logger logger;
    private final Attributes session;

    AppEvents(Logger logger, UUID session) {
        this.logger = logger;
        this.session = Attributes.of(Names.SESSION, session.toString());
    }

    void sessionStarted() {
        emit(Names.SESSION_START, Severity.INFO, Instant.now(), Attributes.empty());
    }

    void sessionEnded() {
        emit(Names.SESSION_END, Severity.INFO, Instant.now(), Attributes.empty());
    }

    /** The window took so long from one picture to the next; tells only of what its user has noticed. */
    void pictureLate(Duration late) {
        if (late.compareTo(FROZEN) > 0) {
            emit(
                    Names.JANK,
                    Severity.WARN,
                    Instant.now(),
                    Attributes.of(
                            Names.JANK_FRAMES,
                            1L,
                            Names.JANK_PERIOD,
                            late.toNanos() / 1e9,
                            Names.JANK_THRESHOLD,
                            FROZEN.toMillis() / 1e3));
        }
    }

    /** A fault of this or an earlier run. */
    void crashed(Crash crash) {
        emit(Names.CRASH, Severity.ERROR, crash.at(), Attributes.of(Names.CRASH_ID, crash.code()));
    }

    /** @param widget name of the button in the program's own files */
    void clicked(String widget) {
        emit(Names.CLICK, Severity.INFO, Instant.now(), Attributes.of(Names.WIDGET, widget));
    }

    private void emit(String event, Severity severity, Instant at, Attributes attributes) {
        logger.logRecordBuilder()
                .setEventName(event)
                .setSeverity(severity)
                .setTimestamp(at)
                .setAllAttributes(session)
                .setAllAttributes(attributes)
                .emit();
    }
}
