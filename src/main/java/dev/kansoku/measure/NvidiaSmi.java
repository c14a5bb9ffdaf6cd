package dev.kansoku.measure;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What NVIDIA's GPUs do, by their own tool, where that is installed. It may take a second, or never answer: it is asked in
 * the background, at most every 2 s, and whoever wants to know gets its last answer.
 */
public final class NvidiaSmi implements Supplier<Sample.@Nullable Gpu> {

    private static final Logger LOG = LoggerFactory.getLogger(NvidiaSmi.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final long MEBIBYTE = 1024L * 1024;
    private static final Pattern COMMA = Pattern.compile(",");

    private record Answer(long nanos, Sample.Gpu gpu) {}

    private final @Nullable Path program;
    private final LongSupplier clock;
    private @Nullable Long askedNanos;
    private boolean asking;
    private @Nullable Answer answer;

    /**
     * @param path folders of programs, as in the environment variable {@code PATH}
     * @param clock {@link System#nanoTime()}
     */
    public NvidiaSmi(String path, LongSupplier clock) {
        program = find(path).orElse(null);
        this.clock = clock;
    }

    private static Optional<Path> find(String path) {
        return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> Stream.of("nvidia-smi", "nvidia-smi.exe").flatMap(name -> in(folder, name)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static Stream<Path> in(String folder, String name) {
        try {
            return Stream.of(Path.of(folder, name));
        } catch (InvalidPathException e) {
            return Stream.empty();
        }
    }

    /** The last answer; {@code null} if there is no such GPU, or none in the last 10 s. Never waits. */
    @Override
    public synchronized Sample.@Nullable Gpu get() {
        if (program == null) {
            return null;
        }
        long now = clock.getAsLong();
        if (!asking && (askedNanos == null || now - askedNanos < 0 || now - askedNanos >= ASK_AGAIN.toNanos())) {
            asking = true;
            askedNanos = now;
            Thread.ofVirtual().name("nvidia-smi").start(() -> ask(program));
        }
        return answer != null && Math.abs(now - answer.nanos()) <= FRESH.toNanos() ? answer.gpu() : null;
    }

    /** Ends when the tool has: one that cannot even be killed is not started once more. */
    private void ask(Path tool) {
        try {
            Process process = new ProcessBuilder(
                            tool.toString(),
                            "--query-gpu=utilization.gpu,memory.used,memory.total",
                            "--format=csv,noheader,nounits")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                LOG.debug("nvidia-smi did not answer");
            } else if (process.exitValue() == 0) {
                // What is there by now: a child of its own may hold on to the pipe.
                byte[] said = process.getInputStream()
                        .readNBytes(process.getInputStream().available());
                keep(parse(new String(said, StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            LOG.debug("nvidia-smi cannot be asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            done();
        }
    }

    private synchronized void keep(Optional<Sample.Gpu> gpu) {
        gpu.ifPresent(known -> answer = new Answer(clock.getAsLong(), known));
    }

    private synchronized void done() {
        asking = false;
    }

    /**
     * One line a GPU: how busy in percent, and its used and whole memory in MiB, each maybe {@code [N/A]} or {@code [Not
     * Supported]}.
     */
    static Optional<Sample.Gpu> parse(String csv) {
        List<String[]> gpus = csv.lines()
                .map(line -> COMMA.split(line, -1))
                .filter(fields -> fields.length == 3)
                .toList();
        @Nullable
        Double busy = gpus.stream()
                .map(fields -> number(fields[0]))
                .flatMap(Optional::stream)
                .filter(percent -> percent <= 100)
                .max(Long::compare)
                .map(percent -> percent / 100.0)
                .orElse(null);
        @Nullable Long used = bytes(gpus, 1);
        @Nullable Long total = bytes(gpus, 2);
        boolean memoryKnown = used != null && total != null && used <= total;
        return busy == null && !memoryKnown
                ? Optional.empty()
                : Optional.of(new Sample.Gpu(busy, memoryKnown ? used : null, memoryKnown ? total : null));
    }

    /** Of all GPUs together, which is unknown if it is of one. */
    private static @Nullable Long bytes(List<String[]> gpus, int field) {
        List<Long> known = gpus.stream()
                .map(fields -> number(fields[field]))
                .flatMap(Optional::stream)
                .toList();
        return known.isEmpty() || known.size() < gpus.size()
                ? null
                : known.stream().mapToLong(mebibytes -> mebibytes * MEBIBYTE).sum();
    }

    private static Optional<Long> number(String field) {
        String digits = field.strip();
        return digits.matches("[0-9]{1,9}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }
}
