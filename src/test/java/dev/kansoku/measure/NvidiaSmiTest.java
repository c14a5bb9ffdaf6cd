package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kansoku.measure.Sample.Gpu;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A script stands for the tool. */
@Timeout(30)
@EnabledOnOs({OS.LINUX, OS.MAC})
class NvidiaSmiTest {

    private static final long MEBIBYTE = 1L << 20;
    private static final Gpu THIRD_BUSY = new Gpu(0.33, 1024 * MEBIBYTE, 4096 * MEBIBYTE);

    private final AtomicLong clock = new AtomicLong();

    @TempDir
    private Path folder;

    /** Each run leaves a line in a file. */
    private NvidiaSmi tool(String script) throws IOException {
        Path tool = folder.resolve("nvidia-smi");
        Files.writeString(tool, "#!/bin/sh\necho \"$$ $*\" >> '%s'\n%s\n".formatted(runs(), script));
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        return new NvidiaSmi("/nowhere" + File.pathSeparator + File.pathSeparator + folder, clock::get);
    }

    private Path runs() {
        return folder.resolve("runs");
    }

    private List<String> runLines() throws IOException {
        return Files.exists(runs()) ? Files.readAllLines(runs()) : List.of();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void itsAnswerIsThereWhenSomebodyAsksAgain() throws Exception {
        NvidiaSmi tool = tool("echo '33, 1024, 4096'");

        assertThat(tool.get()).isNull();

        await("the answer").until(() -> THIRD_BUSY.equals(tool.get()));
        assertThat(runLines())
                .singleElement()
                .asString()
                .endsWith("--query-gpu=utilization.gpu,memory.used,memory.total --format=csv,noheader,nounits");
    }

    @Test
    void itIsRunAtMostEveryTwoSecondsAndItsAnswerGrowsOld() throws Exception {
        NvidiaSmi tool = tool("test -e '%s' || echo '33, 1024, 4096'".formatted(folder.resolve("broken")));
        tool.get();
        await("the answer").until(() -> tool.get() != null);
        Files.createFile(folder.resolve("broken"));

        pass(Duration.ofMillis(1999));
        assertThat(tool.get()).isEqualTo(THIRD_BUSY);
        assertThat(runLines()).hasSize(1);
        pass(Duration.ofMillis(1));
        tool.get();
        await("the second run").until(() -> runLines().size() == 2);

        pass(Duration.ofSeconds(8));
        assertThat(tool.get()).isEqualTo(THIRD_BUSY);
        pass(Duration.ofMillis(1));
        assertThat(tool.get()).isNull();
    }

    @Test
    void oneThatHangsIsEndedAndNotStartedTwiceMeanwhile() throws Exception {
        NvidiaSmi tool = tool("exec tail -f /dev/null");
        tool.get();
        await("the run").until(() -> !runLines().isEmpty());
        long pid = Long.parseLong(runLines().getFirst().split(" ", 2)[0]);

        pass(Duration.ofSeconds(60));
        assertThat(tool.get()).isNull();
        assertThat(runLines()).hasSize(1);

        await("its end").until(() -> ProcessHandle.of(pid).isEmpty());
        await("the next run").until(() -> {
            tool.get();
            return runLines().size() == 2;
        });
    }

    @Test
    void oneThatFailsSaysNothing() throws Exception {
        NvidiaSmi tool = tool("echo '33, 1024, 4096'; exit 9");
        tool.get();

        await("nothing").during(Duration.ofMillis(300)).until(() -> tool.get() == null);
    }

    @Test
    void whereItIsNotInstalledNothingIsRun() throws Exception {
        Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\n");

        assertThat(new NvidiaSmi(folder.toString(), clock::get).get()).isNull();
        assertThat(new NvidiaSmi("\0", clock::get).get()).isNull();
    }

    @Test
    void severalGpusAreAsBusyAsTheBusiestAndAddUpTheirMemory() {
        assertThat(NvidiaSmi.parse("7, 100, 4096\n91, 200, 8192\n"))
                .contains(new Gpu(0.91, 300 * MEBIBYTE, 12288 * MEBIBYTE));
    }

    @Test
    void whatItDoesNotTellIsUnknown() {
        assertThat(NvidiaSmi.parse("[N/A], 100, 4096")).contains(new Gpu(null, 100 * MEBIBYTE, 4096 * MEBIBYTE));
        assertThat(NvidiaSmi.parse("5, [Not Supported], [N/A]")).contains(new Gpu(0.05, null, null));
        assertThat(NvidiaSmi.parse("5, 1, 2\n6, [N/A], 2")).contains(new Gpu(0.06, null, null));
        assertThat(NvidiaSmi.parse("5, 4097, 4096")).contains(new Gpu(0.05, null, null));
    }

    @Test
    void whatItShouldNotSayIsNoAnswer() {
        assertThat(List.of(
                        "",
                        "No devices were found",
                        "[N/A], [N/A], [N/A]",
                        "-1, -1, -1",
                        "101, 99999999999999999999, 1",
                        "Failed to initialize NVML, Driver/library, version mismatch"))
                .allSatisfy(said -> assertThat(NvidiaSmi.parse(said)).isEmpty());
    }
}
