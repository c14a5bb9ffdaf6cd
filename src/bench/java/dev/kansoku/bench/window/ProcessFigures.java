package dev.kansoku.bench.window;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/** What the JVM and Linux know of this process. */
public final class ProcessFigures {

    private static final com.sun.management.OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    private static final Pattern HISTOGRAM_LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path ROLLUP = Path.of("/proc/self/smaps_rollup");

    private ProcessFigures() {}

    /** Processor time so far, of all threads, in nanoseconds. */
    static long cpuNanos() {
        return SYSTEM.getProcessCpuTime();
    }

    /** Processor time so far by name of thread, the JVM's own ones included, in nanoseconds. */
    public static Map<String, Long> threads() {
        var threads = new TreeMap<String, Long>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : tasks.toList()) {
                try {
                    String name = Files.readString(task.resolve("comm")).strip().replaceFirst("[-#]\\d+$", "");
                    String nanos = Files.readString(task.resolve("schedstat")).split(" ", 2)[0];
                    threads.merge(name, Long.parseLong(nanos), Long::sum);
                } catch (NoSuchFileException e) {
                    // It has ended meanwhile.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return threads;
    }

    /** Collects what nobody can reach any more, so that what is left tells something. */
    static Answers.Memory memory() {
        // Reference objects are cleared in one collection, and what they held goes with the next.
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        List<Answers.OfClass> classes = histogram();
        // The collector leaves some of what is dead where it lay, as objects of this class, and more in a larger heap.
        long dead = classes.stream()
                .filter(of -> of.name().contains("FillerElement"))
                .mapToLong(Answers.OfClass::bytes)
                .sum();
        return new Answers.Memory(
                heap.getUsed() - dead,
                heap.getCommitted(),
                kilobytes(STATUS, "VmRSS"),
                kilobytes(ROLLUP, "Pss"),
                kilobytes(ROLLUP, "Anonymous"),
                classes);
    }

    private static List<Answers.OfClass> histogram() {
        try {
            Object text = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return text.toString()
                    .lines()
                    .map(HISTOGRAM_LINE::matcher)
                    .filter(line -> line.matches())
                    .map(line -> new Answers.OfClass(
                            line.group(3), Long.parseLong(line.group(1)), Long.parseLong(line.group(2))))
                    .toList();
        } catch (JMException e) {
            throw new IllegalStateException("The JVM gives no histogram of its heap.", e);
        }
    }

    private static long kilobytes(Path file, String field) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(field + ":"))
                    .map(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("There is no " + field + " in " + file + "."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
