package dev.kansoku.measure;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.VirtualMemory;
import oshi.software.os.InternetProtocolStats.IPConnection;
import oshi.software.os.InternetProtocolStats.TcpState;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;
import oshi.spi.SystemInfoProvider;

/** This machine, as OSHI and the JDK see it. */
public final class LocalMachine implements Machine {

    /** Made by whoever asks first: it takes some tenths of a second, too long for a window that opens. */
    private static final class Oshi {

        private static final Oshi INSTANCE = new Oshi();

        private final OperatingSystem system;
        private final HardwareAbstractionLayer hardware;

        /**
         * Linux counts the start of a process from a boot time in whole seconds, so all start times are wrong by the
         * same part of a second. Our own process, whose start the JVM noted more exactly, shows by how much.
         */
        private final Duration clockError;

        private Oshi() {
            // Linux tells all in files: no native library need be unpacked, which a /tmp without "exec" forbids.
            var files = new oshi.nativefree.SystemInfo();
            SystemInfoProvider info = files.isAvailable() ? files : new oshi.SystemInfo();
            system = info.getOperatingSystem();
            hardware = info.getHardware();
            long started = ManagementFactory.getRuntimeMXBean().getStartTime();
            clockError = Optional.ofNullable(system.getProcess(
                            Math.toIntExact(ProcessHandle.current().pid())))
                    .map(self -> Duration.ofMillis(started - self.getStartTime()))
                    .orElse(Duration.ZERO);
        }
    }

    private static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");

    private static Oshi oshi() {
        try {
            return Oshi.INSTANCE;
        } catch (LinkageError e) {
            throw new IllegalStateException("The system cannot be asked", e);
        }
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Counters counters() {
        CentralProcessor processor = oshi().hardware.getProcessor();
        long[] ticks = processor.getSystemCpuLoadTicks();
        long all = 0;
        for (long tick : ticks) {
            all += tick;
        }
        long idle = ticks[TickType.IDLE.getIndex()] + ticks[TickType.IOWAIT.getIndex()];
        GlobalMemory memory = oshi().hardware.getMemory();
        VirtualMemory swap = memory.getVirtualMemory();
        return new Counters(
                processor.getLogicalProcessorCount(),
                processor.getPhysicalProcessorCount(),
                all - idle,
                all,
                memory.getAvailable(),
                memory.getTotal(),
                swap.getSwapUsed(),
                swapped(memory, swap));
    }

    /** Elsewhere these counters are of pages read from any file (Windows), or of something else again (macOS). */
    private static @Nullable Long swapped(GlobalMemory memory, VirtualMemory swap) {
        return LINUX ? (swap.getSwapPagesIn() + swap.getSwapPagesOut()) * memory.getPageSize() : null;
    }

    @Override
    public @Nullable Long diskRead() {
        List<HWDiskStore> disks = oshi().hardware.getDiskStores();
        return disks.isEmpty()
                ? null
                : disks.stream().mapToLong(HWDiskStore::getReadBytes).sum();
    }

    @Override
    public Optional<ProcessCounters> process(long pid) {
        @Nullable OSProcess process = oshi().system.getProcess(Math.toIntExact(pid));
        long nanos = nanos();
        if (process == null
                || process.getState() == OSProcess.State.INVALID
                || process.getState() == OSProcess.State.ZOMBIE) {
            return Optional.empty();
        }
        return Optional.of(new ProcessCounters(
                pid,
                nanos,
                Instant.ofEpochMilli(process.getStartTime()).plus(oshi().clockError),
                Duration.ofMillis(process.getKernelTime() + process.getUserTime()),
                process.getResidentMemory()));
    }

    /** By the JDK, which needs a third of the time that OSHI's list of processes takes. */
    @Override
    public List<ProcessEntry> processes(Predicate<String> program) {
        return ProcessHandle.allProcesses()
                .map(process -> entry(process, program))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<ProcessEntry> entry(ProcessHandle process, Predicate<String> program) {
        ProcessHandle.Info info = process.info();
        // Of another user's process the JDK tells no command, but on Linux the line with which it was started.
        String name = fileName(info.command()
                .or(() -> info.commandLine().map(line -> line.split(" ", 2)[0]))
                .orElse(""));
        if (!program.test(name)) {
            return Optional.empty();
        }
        return Optional.of(new ProcessEntry(
                process.pid(),
                process.parent().map(ProcessHandle::pid).orElse(0L),
                name,
                info.arguments().map(List::of).orElseGet(() -> arguments(process.pid()))));
    }

    /** Windows tells the JDK none. */
    private static List<String> arguments(long pid) {
        @Nullable OSProcess process = oshi().system.getProcess(Math.toIntExact(pid));
        return process == null
                ? List.of()
                : process.getArguments().stream().skip(1).toList();
    }

    private static String fileName(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    @Override
    public List<Listener> listeners() {
        return oshi().system.getInternetProtocolStats().getConnections().stream()
                .filter(connection -> connection.getState() == TcpState.LISTEN && connection.getowningProcessId() > 0)
                .map(LocalMachine::listener)
                .toList();
    }

    private static Listener listener(IPConnection connection) {
        return new Listener(connection.getowningProcessId(), connection.getLocalPort());
    }
}
