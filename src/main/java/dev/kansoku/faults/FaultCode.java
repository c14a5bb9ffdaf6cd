package dev.kansoku.faults;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A short name for a fault: the same on every machine and in every run, and as long as the methods keep their names it
 * survives edits around them. Somebody can read it out on the telephone, and it tells nothing about what was being done.
 */
final class FaultCode {

    private static final String OURS = "dev.kansoku.";
    private static final int MAX_FRAMES = 5;

    /** Crockford's: no I, L, O, U, which are mistaken for others. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private FaultCode() {}

    /** Three parts: what went wrong, in which method of ours, and both together with the way there. */
    static String of(Throwable fault) {
        List<Throwable> causes = StackText.causes(fault);
        String kind = causes.stream().map(cause -> cause.getClass().getName()).collect(Collectors.joining(" "));
        List<String> frames = frames(causes);
        String method = frames.isEmpty() ? "" : frames.getFirst();
        return part(kind) + "-" + part(method) + "-" + part(kind + " " + String.join(" ", frames));
    }

    /** The innermost methods of ours. Faults within JavaFX may show none; then the methods of the root cause. */
    private static List<String> frames(List<Throwable> causes) {
        return causes.reversed().stream()
                .map(cause -> methods(Stream.of(cause.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith(OURS))))
                .filter(methods -> !methods.isEmpty())
                .findFirst()
                .orElseGet(() -> methods(Stream.of(causes.getLast().getStackTrace())));
    }

    private static List<String> methods(Stream<StackTraceElement> frames) {
        // The compiler counts lambdas and anonymous classes: a new one must not change the code of its neighbours.
        return frames.map(frame -> (frame.getClassName() + "." + frame.getMethodName()).replaceAll("\\$\\d+", ""))
                .distinct()
                .limit(MAX_FRAMES)
                .toList();
    }

    /** 20 bits in 4 characters. */
    private static String part(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        long bits = crc.getValue();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            part.append(ALPHABET.charAt((int) (bits >>> (5 * i)) & 31));
        }
        return part.toString();
    }
}
