package dev.kansoku.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A process that answers each line with a line. What it writes to standard error lies in its log. */
final class Child implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration DIES_WITHIN = Duration.ofSeconds(10);
    private static final int SHOWN_LINE = 200;
    private static final int SHOWN_LOG = 2_000;

    private final Process process;
    private final Path log;
    private final BufferedWriter to;
    private final BufferedReader from;
    private final JsonMapper json = new JsonMapper();

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
        to = process.outputWriter(StandardCharsets.UTF_8);
        from = process.inputReader(StandardCharsets.UTF_8);
    }

    static Child start(ProcessBuilder builder, Path log) {
        try {
            Files.createDirectories(log.getParent());
            return new Child(builder.redirectError(log.toFile()).start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(builder.command().getFirst() + " cannot be started.", e);
        }
    }

    /** Sends a line and reads the answer. */
    <T> T ask(String order, Class<T> type) {
        try {
            to.write(order + "\n");
            to.flush();
        } catch (IOException e) {
            throw new IllegalStateException(failure("does not listen any more"), e);
        }
        return read(type);
    }

    /** An order that is only done. */
    void tell(String order) {
        ask(order, Boolean.class);
    }

    <T> T read(Class<T> type) {
        String line = line();
        try {
            return json.readValue(line, type);
        } catch (IOException e) {
            String begin = line.substring(0, Math.min(line.length(), SHOWN_LINE));
            throw new IllegalStateException(failure("answers what is no " + type.getSimpleName() + ": " + begin), e);
        }
    }

    String line() {
        @Nullable String line;
        try (var reader = Executors.newVirtualThreadPerTaskExecutor()) {
            var coming = CompletableFuture.supplyAsync(this::nextLine, reader);
            try {
                line = coming.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                // Ends the reader too.
                close();
                throw new IllegalStateException(failure("says nothing for " + PATIENCE), e);
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(failure("cannot be read"), e);
            }
        }
        if (line == null) {
            throw new IllegalStateException(failure("has ended"));
        }
        return line;
    }

    private @Nullable String nextLine() {
        try {
            return from.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String failure(String what) {
        try {
            String said = Files.readString(log);
            return "The process of " + log + " " + what + ". Its last words:\n"
                    + said.substring(Math.max(0, said.length() - SHOWN_LOG));
        } catch (IOException e) {
            return "The process of " + log + " " + what + ".";
        }
    }

    @Override
    public String toString() {
        return log.toString();
    }

    /** Politely at first: a recording is written at the end. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(DIES_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
