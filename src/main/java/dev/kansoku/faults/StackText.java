package dev.kansoku.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A throwable as text without a single message: a message may quote a prompt, the name of a class cannot. Bounded,
 * because a stack overflow or a long chain would fill the file.
 */
final class StackText {

    private static final int MAX_CAUSES = 8;
    private static final int MAX_FRAMES = 60;

    private StackText() {}

    /** Classes and frames of the throwable and its causes; of what was suppressed the classes only. */
    static String of(Throwable throwable) {
        StringBuilder text = new StringBuilder();
        for (Throwable link : causes(throwable)) {
            text.append(text.isEmpty() ? "" : "caused by ")
                    .append(link.getClass().getName())
                    .append('\n');
            StackTraceElement[] frames = link.getStackTrace();
            Stream.of(frames)
                    .limit(MAX_FRAMES)
                    .forEach(frame -> text.append("    at ").append(frame).append('\n'));
            if (frames.length > MAX_FRAMES) {
                text.append("    and ").append(frames.length - MAX_FRAMES).append(" more\n");
            }
            Stream.of(link.getSuppressed())
                    .limit(MAX_CAUSES)
                    .forEach(suppressed -> text.append("    suppressed ")
                            .append(suppressed.getClass().getName())
                            .append('\n'));
        }
        return text.toString();
    }

    /** The throwable and its causes, the root cause last. */
    static List<Throwable> causes(Throwable throwable) {
        List<Throwable> causes = new ArrayList<>();
        // The bound also ends a chain that bites its tail.
        for (Throwable link = throwable; link != null && causes.size() < MAX_CAUSES; link = link.getCause()) {
            causes.add(link);
        }
        return causes;
    }
}
