package dev.kansoku.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the operating system tells of this machine and its processes, as it tells it: counters that grow, and figures that
 * may make no sense. Its methods may throw whatever the system throws at them.
 */
public interface Machine {

    /**
     * Of the machine as a whole.
     *
     * @param cores logical ones
     * @param physicalCores 0 if the system does not tell
     * @param busyTicks processor time in which something ran, of all cores, in an unknown unit
     * @param allTicks processor time that went by, of all cores, in the same unit
     * @param memoryAvailable to a program that asks for it, in bytes
     * @param memoryTotal in bytes
     * @param swapUsed in bytes
     * @param swapped bytes ever read from or written to swap; {@code null} if the system does not count them
     */
    record Counters(
            int cores,
            int physicalCores,
            long busyTicks,
            long allTicks,
            long memoryAvailable,
            long memoryTotal,
            long swapUsed,
            @Nullable Long swapped) {}

    /**
     * One process at one moment.
     *
     * @param nanos {@link Machine#nanos()} at which it was looked at
     * @param startedAt within about 100 ms
     * @param cpu processor time used so far, summed over its threads
     * @param memory resident, in bytes; 0 if it cannot be read
     */
    record ProcessCounters(long pid, long nanos, Instant startedAt, Duration cpu, long memory) {

        private static final Duration SAME_START = Duration.ofSeconds(1);

        /** Whether it is the process that had this number and start, and not one that was given its number later. */
        boolean is(ProcessCounters other) {
            return pid == other.pid
                    && Duration.between(startedAt, other.startedAt).abs().compareTo(SAME_START) < 0;
        }
    }

    /**
     * How a process was started.
     *
     * @param parent number of the process that started it, or 0
     * @param program file name of what it runs, without its folder
     * @param arguments without the program; empty if they cannot be read
     */
    record ProcessEntry(long pid, long parent, String program, List<String> arguments) {}

    /** A process, not another user's, that waits for connections at a TCP port. */
    record Listener(long pid, int port) {}

    /** {@link System#nanoTime()}. */
    long nanos();

    Counters counters();

    /** Bytes ever read from all disks; {@code null} if the system does not count them. */
    @Nullable
    Long diskRead();

    /** Empty if there is no process with this number, or nothing can be read of it. Less than a millisecond. */
    Optional<ProcessCounters> process(long pid);

    /**
     * Those of all processes whose program's name passes. Reads the process table: some milliseconds.
     */
    List<ProcessEntry> processes(Predicate<String> program);

    /** Who waits for connections at which port. Reads what every process has open: tens of milliseconds. */
    List<Listener> listeners();
}
