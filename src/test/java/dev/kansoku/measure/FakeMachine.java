package dev.kansoku.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A machine that a test has made up: one {@code ollama serve}, with or without a runner, until told otherwise. */
final class FakeMachine implements Machine {

    static final String BLOB = "sha256-" + "ab".repeat(32);
    static final long SERVER = 4700;
    static final long GIBIBYTE = 1L << 30;

    private record FakeProcess(ProcessEntry entry, Instant startedAt, Supplier<Duration> cpu, long memory) {}

    private final Map<Long, FakeProcess> processes = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger searches = new AtomicInteger();
    private final AtomicInteger portLooks = new AtomicInteger();
    private volatile LongSupplier clock = System::nanoTime;
    private volatile @Nullable Long diskRead;
    private volatile Runnable beforeSearch = () -> {};
    private volatile Runnable afterSearch = () -> {};
    private volatile Supplier<Counters> counters =
            () -> new Counters(4, 2, 100, 400, 6 * GIBIBYTE, 8 * GIBIBYTE, GIBIBYTE, 0L);

    FakeMachine() {
        serve(SERVER);
    }

    // What a test says

    /** A clock that stands still until it is set anew. */
    void clock(Duration time) {
        clock = time::toNanos;
    }

    void counters(Supplier<Counters> next) {
        counters = next;
    }

    /** As {@link #counters(Supplier)}, the same at every look. */
    void counters(Counters next) {
        counters(() -> next);
    }

    /** Bytes read from disks so far. */
    void diskRead(@Nullable Long bytes) {
        diskRead = bytes;
    }

    void serve(long pid) {
        start(new ProcessEntry(pid, 1, "ollama", List.of("serve")), Instant.EPOCH, Duration.ZERO, 90 << 20);
    }

    void runner(long pid, long parent, String blob, Instant startedAt, Duration cpu, long memory) {
        start(runnerEntry(pid, parent, blob), startedAt, cpu, memory);
    }

    void start(ProcessEntry entry, Instant startedAt, Duration cpu, long memory) {
        processes.put(entry.pid(), new FakeProcess(entry, startedAt, () -> cpu, memory));
    }

    void end(long pid) {
        processes.remove(pid);
    }

    void listens(long pid, int port) {
        listeners.add(new Listener(pid, port));
    }

    /** Happens just before, and just after, all processes are looked through. */
    void whenSearched(Runnable before, Runnable after) {
        beforeSearch = before;
        afterSearch = after;
    }

    /** Until it is said what runs. */
    void cannotBeRead() {
        end(SERVER);
        whenSearched(
                () -> {
                    throw new UnsupportedOperationException("on purpose");
                },
                () -> {});
    }

    /** A runner that has been there for an hour and idles. */
    void old() {
        only(4711, Instant.now().minus(Duration.ofHours(1)), () -> Duration.ofSeconds(9));
    }

    /** One that has only just been started. */
    void young() {
        only(4712, Instant.now(), () -> Duration.ofSeconds(1));
    }

    /** One that has been there for an hour and uses two cores. */
    void busy() {
        long origin = System.nanoTime();
        only(4711, Instant.now().minus(Duration.ofHours(1)), () -> Duration.ofNanos(2 * (System.nanoTime() - origin)));
    }

    private void only(long pid, Instant startedAt, Supplier<Duration> cpu) {
        processes.put(pid, new FakeProcess(runnerEntry(pid, SERVER, BLOB), startedAt, cpu, GIBIBYTE));
        processes.keySet().removeIf(other -> other != pid);
        serve(SERVER);
        whenSearched(() -> {}, () -> {});
    }

    private static ProcessEntry runnerEntry(long pid, long parent, String blob) {
        return new ProcessEntry(pid, parent, "llama-server", List.of("--model", "/models/blobs/" + blob));
    }

    // What a test asks

    /** How often somebody looked at any process. */
    int looks() {
        return looks.get();
    }

    /** How often somebody looked through all processes. */
    int searches() {
        return searches.get();
    }

    /** How often somebody asked who listens where. */
    int portLooks() {
        return portLooks.get();
    }

    // What the program asks

    @Override
    public long nanos() {
        return clock.getAsLong();
    }

    @Override
    public Counters counters() {
        return counters.get();
    }

    @Override
    public @Nullable Long diskRead() {
        return diskRead;
    }

    @Override
    public Optional<ProcessCounters> process(long pid) {
        if (pid == ProcessHandle.current().pid()) {
            return Optional.of(
                    new ProcessCounters(pid, nanos(), Instant.EPOCH, Duration.ofNanos(nanos() / 100), GIBIBYTE / 4));
        }
        looks.incrementAndGet();
        return Optional.ofNullable(processes.get(pid))
                .map(process -> new ProcessCounters(
                        pid, nanos(), process.startedAt(), process.cpu().get(), process.memory()));
    }

    @Override
    public List<ProcessEntry> processes(Predicate<String> program) {
        looks.incrementAndGet();
        searches.incrementAndGet();
        beforeSearch.run();
        var found = new ArrayList<ProcessEntry>();
        for (FakeProcess process : processes.values()) {
            if (program.test(process.entry().program())) {
                found.add(process.entry());
            }
        }
        afterSearch.run();
        return found;
    }

    @Override
    public List<Listener> listeners() {
        portLooks.incrementAndGet();
        return List.copyOf(listeners);
    }
}
