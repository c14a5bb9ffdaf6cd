package dev.kansoku.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoProcessesTest {

    private record Program(Process process, BufferedReader said) {}

    @TempDir
    private Path folder;

    private final List<Program> started = new ArrayList<>();

    @AfterEach
    void kill() throws IOException, InterruptedException {
        for (Program program : started) {
            program.process.destroyForcibly().waitFor();
            program.said.close();
        }
    }

    @Test
    void theSecondCallsTheFirstAndEnds() throws Exception {
        Program first = start(folder);
        assertThat(first.said.readLine()).isEqualTo("first");

        Program second = start(folder);

        assertThat(second.said.readLine()).isEqualTo("second");
        assertThat(first.said.readLine()).isEqualTo("called");
        assertThat(second.process.waitFor(20, TimeUnit.SECONDS))
                .as("the second ends")
                .isTrue();
        assertThat(second.process.exitValue()).isZero();
        assertThat(first.process.isAlive()).as("the first goes on").isTrue();
    }

    @Test
    void ofTwoStartedTogetherOneIsFirst() throws Exception {
        Program one = start(folder);
        Program other = start(folder);

        assertThat(List.of(one.said.readLine(), other.said.readLine())).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void whatAKilledOneLeavesIsTakenOver() throws Exception {
        Program first = start(folder);
        assertThat(first.said.readLine()).isEqualTo("first");
        assertThat(start(folder).said.readLine()).isEqualTo("second");
        first.process.destroyForcibly().waitFor();
        assertThat(folder.resolve("instance.sock")).as("what it left").exists();

        Program next = start(folder);
        assertThat(next.said.readLine()).isEqualTo("first");

        assertThat(start(folder).said.readLine()).isEqualTo("second");
        assertThat(next.said.readLine()).isEqualTo("called");
    }

    @Test
    void theTemporaryFolderOfAKilledOneIsRemoved() throws Exception {
        Path deep = folder.resolve("x".repeat(120));
        Program first = start(deep);
        assertThat(first.said.readLine()).isEqualTo("first");
        assertThat(start(deep).said.readLine()).isEqualTo("second");
        first.process.destroyForcibly().waitFor();
        Path left = Path.of(Files.readString(deep.resolve("instance.address")));
        assertThat(left).as("what it left").exists();

        assertThat(start(deep).said.readLine()).isEqualTo("first");
        assertThat(start(deep).said.readLine()).isEqualTo("second");

        assertThat(left.getParent()).doesNotExist();
    }

    private Program start(Path data) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // The killed ones leave a folder there.
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        InstanceVictim.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var program = new Program(process, process.inputReader());
        started.add(program);
        return program;
    }
}
