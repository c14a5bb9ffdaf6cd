package dev.kansoku.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** Where the time goes, as the JVM's recorder has seen it. */
final class Profile {

    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final String OURS = "dev.kansoku.";
    private static final String HARNESS = "dev.kansoku.bench.";
    private static final int THREADS = 4;
    private static final int METHODS = 8;

    /** What one thread was seen doing: in which method, and in which of the program's, how often. */
    private static final class OfThread {
        private int samples;
        private final Map<String, Integer> methods = new HashMap<>();
        private final Map<String, Integer> ours = new HashMap<>();
    }

    private Profile() {}

    /** The busiest threads and what they do, as Markdown. */
    static String of(Path recording) {
        Map<String, OfThread> threads = read(recording);
        int all = threads.values().stream().mapToInt(thread -> thread.samples).sum();
        var text = new StringBuilder("`" + recording.getFileName() + "`, " + all + " samples:\n\n");
        threads.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, OfThread> e) -> e.getValue().samples)
                        .reversed())
                .limit(THREADS)
                .forEach(e -> {
                    OfThread thread = e.getValue();
                    text.append("- **")
                            .append(e.getKey())
                            .append("**, ")
                            .append(share(thread.samples, all))
                            .append("\n");
                    text.append("  - in: ")
                            .append(most(thread.methods, thread.samples))
                            .append("\n");
                    text.append("  - on behalf of: ")
                            .append(most(thread.ours, thread.samples))
                            .append("\n");
                });
        return text.toString();
    }

    private static Map<String, OfThread> read(Path recording) {
        var threads = new HashMap<String, OfThread>();
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals(SAMPLE) && event.getStackTrace() != null) {
                    RecordedThread sampled = event.getThread("sampledThread");
                    OfThread thread = threads.computeIfAbsent(name(sampled), name -> new OfThread());
                    List<RecordedFrame> frames = event.getStackTrace().getFrames();
                    thread.samples++;
                    thread.methods.merge(method(frames.getFirst()), 1, Integer::sum);
                    frames.stream()
                            .map(Profile::method)
                            .filter(method -> method.startsWith(OURS) && !method.startsWith(HARNESS))
                            .findFirst()
                            .ifPresent(method -> thread.ours.merge(method, 1, Integer::sum));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return threads;
    }

    /** A turn's thread has its number in its name. */
    private static String name(RecordedThread thread) {
        String name = thread.getJavaName();
        return name == null || name.isEmpty() ? "unnamed" : name.replaceFirst("^turn-.*", "turn");
    }

    private static String method(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static String most(Map<String, Integer> counts, int all) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(METHODS)
                .map(e -> "`" + e.getKey() + "` " + share(e.getValue(), all))
                .collect(Collectors.joining(", "));
    }

    private static String share(int part, int all) {
        return Math.round(100.0 * part / all) + " %";
    }
}
