package dev.kansoku.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the road for exceptions that nobody caught: each is logged by its code, written to a crash file and told to
 * one listener. The same fault again within a minute is passed over: one in the code that draws comes sixty times a
 * second. Meant to be the default handler of all threads.
 */
public final class Faults implements Thread.UncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final CrashFiles files;
    private final InstantSource clock;
    private final Map<String, Instant> lastTimes = new HashMap<>();
    private final ThreadLocal<Boolean> handling = ThreadLocal.withInitial(() -> false);
    private volatile Consumer<? super Fault> listener = fault -> {};

    /** @param folder where the crash files go */
    public Faults(Path folder) {
        this(folder, InstantSource.system());
    }

    Faults(Path folder, InstantSource clock) {
        this.files = new CrashFiles(folder);
        this.clock = clock;
    }

    public void deleteFiles() throws IOException {
        files.deleteAll();
    }

    /** Tells every fault from now on, on the thread it happened on. There is one such listener. */
    public void onFault(Consumer<? super Fault> listener) {
        this.listener = listener;
    }

    /**
     * Writes the fault down before it returns, on the FX thread too: the program may be about to end. Never throws,
     * whatever happens meanwhile.
     */
    @Override
    public void uncaughtException(Thread thread, Throwable fault) {
        if (handling.get()) {
            return;
        }
        handling.set(true);
        try {
            handle(thread, fault);
        } catch (Throwable e) {
            // No memory, no stack, a listener that throws: what fails here has nobody left to turn to but the log.
            logQuietly("Fault handler failed", e);
        } finally {
            handling.remove();
        }
    }

    private void handle(Thread thread, Throwable fault) {
        String code = FaultCode.of(fault);
        Instant now = clock.instant();
        if (toldLately(code, now)) {
            return;
        }
        logQuietly("Fault " + code, fault);
        listener.accept(new Fault(code, write(now, thread, fault, code)));
    }

    private synchronized boolean toldLately(String code, Instant now) {
        Instant last = lastTimes.get(code);
        boolean lately = last != null && now.isBefore(last.plus(SILENCE));
        if (!lately) {
            lastTimes.put(code, now);
        }
        return lately;
    }

    private @Nullable Path write(Instant now, Thread thread, Throwable fault, String code) {
        try {
            return files.write(now.atZone(ZoneId.systemDefault()), thread, fault, code);
        } catch (IOException e) {
            LOG.warn("Crash file not written", e);
            return null;
        }
    }

    /** Logback asks a throwable for its message, even if it never prints it; that may throw as well. */
    private static void logQuietly(String sentence, Throwable e) {
        try {
            LOG.error(sentence, e);
        } catch (Throwable again) {
            // Nothing is left to try.
        }
    }
}
