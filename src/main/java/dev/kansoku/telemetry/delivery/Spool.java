package dev.kansoku.telemetry.delivery;

import dev.kansoku.settings.PrivateFiles;
import dev.kansoku.telemetry.delivery.DeliveryProblem.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans and log records that wait, each message a file, so that they outlive the program. A file begins with the CRC-32C of
 * the message; its name is when it was written, in microseconds since 1970, made unique and increasing. The folder is listed
 * once; after that everything is known from memory, however many files there are. Where the disk refuses, a few messages wait
 * in memory.
 */
final class Spool {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final Pattern NAME = Pattern.compile("(\\d{16})\\.(traces|logs)");

    /** What {@link PrivateFiles} leaves behind when the program is killed while it writes. */
    private static final Pattern HALF_WRITTEN = Pattern.compile(NAME.pattern() + "\\..*\\.tmp");

    private static final int CHECKSUM = Integer.BYTES;

    /**
     * What is more is dropped, the oldest first.
     *
     * @param bytes on the disk
     * @param inMemory messages, while the disk cannot be written
     */
    record Bounds(long bytes, Duration age, int inMemory) {
        static final Bounds DEFAULT = new Bounds(50L << 20, Duration.ofDays(7), 64);
    }

    private final Path folder;
    private final Bounds bounds;
    private final InstantSource clock;
    private final Ledger ledger;

    // Nothing reads or writes a file while it holds the lock: a slow disk must not stop whoever asks how many wait.
    private final Map<Signal, Deque<Entry>> onDisk = queues();
    private final Map<Signal, Deque<Entry>> inMemory = queues();
    private long bytes;
    private long lastId;
    private @Nullable Entry taken;

    Spool(Path folder, Bounds bounds, InstantSource clock, Ledger ledger) {
        this.folder = folder;
        this.bounds = bounds;
        this.clock = clock;
        this.ledger = ledger;
    }

    private static Map<Signal, Deque<Entry>> queues() {
        var queues = new EnumMap<Signal, Deque<Entry>>(Signal.class);
        queues.put(Signal.TRACES, new ArrayDeque<>());
        queues.put(Signal.LOGS, new ArrayDeque<>());
        return queues;
    }

    /** Keeps a message. If it cannot be written to the disk the {@link Ledger} is told, and it is kept in memory. */
    void put(Signal signal, byte[] message) {
        long id;
        synchronized (this) {
            id = Math.max(lastId + 1, micros(clock.instant()));
            lastId = id;
        }
        boolean written = write(id, signal, message);
        synchronized (this) {
            if (written) {
                var entry = new Entry(id, signal, CHECKSUM + message.length, null);
                queue(onDisk, signal).add(entry);
                bytes += entry.size;
            } else {
                queue(inMemory, signal).add(new Entry(id, signal, message.length, message));
            }
        }
        dropWhatIsTooMuch();
    }

    synchronized boolean waits(Signal signal) {
        return !queue(onDisk, signal).isEmpty() || !queue(inMemory, signal).isEmpty();
    }

    /** How many are here, that which was taken included. */
    synchronized int size() {
        return (taken == null ? 0 : 1)
                + Stream.concat(onDisk.values().stream(), inMemory.values().stream())
                        .mapToInt(Deque::size)
                        .sum();
    }

    /** The oldest of a signal that can be read; only one can be taken at a time. */
    @Nullable
    Outgoing take(Signal signal) {
        dropWhatIsTooMuch();
        while (true) {
            Entry entry;
            synchronized (this) {
                entry = poll(Stream.of(queue(onDisk, signal), queue(inMemory, signal)));
                taken = entry;
            }
            if (entry == null || read(entry)) {
                return entry;
            }
        }
    }

    /** Deletes everything, that which was taken as well. */
    void discard() {
        synchronized (this) {
            onDisk.values().forEach(Deque::clear);
            inMemory.values().forEach(Deque::clear);
            bytes = 0;
            taken = null;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (NAME.matcher(name).matches() || HALF_WRITTEN.matcher(name).matches()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            // There was nothing.
        } catch (IOException | DirectoryIteratorException e) {
            diskFailed(e);
        }
    }

    /** Finds what earlier runs have left; once, and before anything else. */
    void recover() {
        var found = new ArrayList<Entry>();
        long damaged = 0;
        try {
            PrivateFiles.createFolder(folder);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName());
                    Matcher matcher = NAME.matcher(name);
                    if (matcher.matches()) {
                        Signal signal = Signal.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
                        found.add(new Entry(Long.parseLong(matcher.group(1)), signal, Files.size(file), null));
                    } else if (HALF_WRITTEN.matcher(name).matches()) {
                        damaged++;
                        Files.deleteIfExists(file);
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            diskFailed(e);
        }
        found.sort(Comparator.comparingLong(entry -> entry.id));
        synchronized (this) {
            for (Entry entry : found) {
                queue(onDisk, entry.signal).add(entry);
                bytes += entry.size;
                lastId = entry.id;
            }
        }
        ledger.dropped(damaged);
        dropWhatIsTooMuch();
    }

    private void dropWhatIsTooMuch() {
        long oldest = micros(clock.instant().minus(bounds.age));
        var dropped = new ArrayList<Entry>();
        synchronized (this) {
            while (bytes > bounds.bytes) {
                add(dropped, poll(onDisk.values().stream()));
            }
            while (inMemory.values().stream().mapToInt(Deque::size).sum() > bounds.inMemory) {
                add(dropped, poll(inMemory.values().stream()));
            }
            for (Deque<Entry> queue : List.copyOf(onDisk.values())) {
                while (!queue.isEmpty() && queue.getFirst().id < oldest) {
                    add(dropped, poll(Stream.of(queue)));
                }
            }
        }
        dropped.forEach(this::delete);
        ledger.dropped(dropped.size());
    }

    private static void add(List<Entry> entries, @Nullable Entry entry) {
        if (entry != null) {
            entries.add(entry);
        }
    }

    /** Takes away the oldest of several queues. */
    private @Nullable Entry poll(Stream<Deque<Entry>> queues) {
        Entry oldest = queues.filter(queue -> !queue.isEmpty())
                .min(Comparator.comparingLong(queue -> queue.getFirst().id))
                .map(Deque::removeFirst)
                .orElse(null);
        if (oldest != null && oldest.onDisk()) {
            bytes -= oldest.size;
        }
        return oldest;
    }

    private synchronized void putBack(Entry entry) {
        if (taken == entry) {
            taken = null;
            queue(entry.onDisk() ? onDisk : inMemory, entry.signal).addFirst(entry);
            if (entry.onDisk()) {
                bytes += entry.size;
                entry.message = null;
            }
        }
    }

    private void remove(Entry entry) {
        synchronized (this) {
            if (taken == entry) {
                taken = null;
            }
        }
        delete(entry);
    }

    private boolean write(long id, Signal signal, byte[] message) {
        byte[] file = ByteBuffer.allocate(CHECKSUM + message.length)
                .putInt(checksum(message))
                .put(message)
                .array();
        try {
            PrivateFiles.write(file(id, signal), file);
            ledger.disk(null);
            return true;
        } catch (IOException e) {
            diskFailed(e);
            return false;
        }
    }

    private boolean read(Entry entry) {
        if (!entry.onDisk()) {
            return true;
        }
        try {
            byte[] file = Files.readAllBytes(file(entry.id, entry.signal));
            if (file.length > CHECKSUM) {
                byte[] message = Arrays.copyOfRange(file, CHECKSUM, file.length);
                if (ByteBuffer.wrap(file).getInt() == checksum(message)) {
                    entry.message = message;
                    return true;
                }
            }
            LOG.warn("A message on the disk is damaged");
        } catch (NoSuchFileException e) {
            // Somebody else has taken it away: it is neither here nor lost.
            return false;
        } catch (IOException e) {
            LOG.warn("A message on the disk cannot be read: {}", e.getClass().getSimpleName());
        }
        ledger.dropped(1);
        delete(entry);
        return false;
    }

    private void delete(Entry entry) {
        if (entry.onDisk()) {
            try {
                Files.deleteIfExists(file(entry.id, entry.signal));
            } catch (IOException e) {
                diskFailed(e);
            }
        }
    }

    private void diskFailed(Exception failure) {
        ledger.disk(new DeliveryProblem(Kind.DISK, failure.getClass().getSimpleName()));
    }

    private Path file(long id, Signal signal) {
        return folder.resolve("%016d.%s".formatted(id, signal.name().toLowerCase(Locale.ROOT)));
    }

    private static int checksum(byte[] message) {
        var checksum = new CRC32C();
        checksum.update(message);
        return (int) checksum.getValue();
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Deque<Entry> queue(Map<Signal, Deque<Entry>> queues, Signal signal) {
        Deque<Entry> queue = queues.get(signal);
        if (queue == null) {
            throw new IllegalArgumentException("not kept here: " + signal);
        }
        return queue;
    }

    private final class Entry implements Outgoing {

        private final long id;
        private final Signal signal;
        private final long size;
        private final boolean onDisk;

        /** Of those on the disk only while it is taken. */
        private byte @Nullable [] message;

        Entry(long id, Signal signal, long size, byte @Nullable [] message) {
            this.id = id;
            this.signal = signal;
            this.size = size;
            this.message = message;
            this.onDisk = message == null;
        }

        boolean onDisk() {
            return onDisk;
        }

        @Override
        public byte[] bytes() {
            if (message == null) {
                throw new IllegalStateException("not taken");
            }
            return message;
        }

        @Override
        public void acknowledged() {
            remove(this);
        }

        @Override
        public void refused() {
            remove(this);
        }

        @Override
        public void notNow() {
            putBack(this);
        }
    }
}
