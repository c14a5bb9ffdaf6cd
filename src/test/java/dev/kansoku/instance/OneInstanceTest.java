package dev.kansoku.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneInstanceTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    private final List<OneInstance> claimed = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        claimed.forEach(OneInstance::close);
    }

    @Test
    void theSecondCallsTheFirst() throws Exception {
        first(folder).onCall(calls::incrementAndGet);

        assertThat(claim(folder)).isEmpty();
        assertThat(claim(folder)).isEmpty();

        await().untilAtomic(calls, is(2));
    }

    @Test
    void aCallBeforeAnybodyListensIsNotLost() throws Exception {
        OneInstance first = first(folder);
        assertThat(claim(folder)).isEmpty();

        first.onCall(calls::incrementAndGet);

        await().untilAtomic(calls, is(1));
    }

    @Test
    void anotherFolderIsAnotherInstance() throws Exception {
        first(folder.resolve("one"));

        assertThat(claim(folder.resolve("other"))).isPresent();
    }

    @Test
    void theFolderIsFreeOnceTheFirstIsClosed() throws Exception {
        first(folder).close();

        assertThat(names(folder)).containsExactly("instance.lock");
        assertThat(claim(folder)).isPresent();
    }

    @Test
    void whoComesWhileTheFirstIsEndingTakesItsPlace() throws Exception {
        OneInstance first = first(folder);
        first.onCall(calls::incrementAndGet);
        first.stopListening();

        var second = CompletableFuture.supplyAsync(() -> {
            try {
                return claim(folder);
            } catch (OneInstance.NoAnswerException e) {
                throw new IllegalStateException(e);
            }
        });
        await().during(SHORT).until(() -> !second.isDone());
        first.close();

        assertThat(second.get()).isPresent();
        assertThat(calls).as("calls to a program that ends").hasValue(0);
    }

    @Test
    void whoDoesNotAnswerIsNamedByItsFolder() throws Exception {
        first(folder).stopListening();

        assertThatThrownBy(() -> OneInstance.claim(folder, SHORT))
                .isInstanceOf(OneInstance.NoAnswerException.class)
                .hasMessage("Kansoku is already running with the files in " + folder + ", but it does not answer.");
    }

    @Test
    void wherePathsAreTooLongForASocketItLiesInAPrivateTemporaryFolder() throws Exception {
        Path deep = folder.resolve("x".repeat(120));
        OneInstance first = first(deep);
        first.onCall(calls::incrementAndGet);
        assertThat(claim(deep)).isEmpty();
        Path socket = Path.of(Files.readString(deep.resolve("instance.address")));
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                    .isEqualTo("rwx------");
        }
        await().untilAtomic(calls, is(1));

        first.close();
        assertThat(socket.getParent()).doesNotExist();
        assertThat(names(deep)).containsExactly("instance.lock");
    }

    @Test
    void callersWhoSayTooMuchOrNothingOrLeaveHinderNobody() throws Exception {
        first(folder);
        assertThat(claim(folder)).as("it listens").isEmpty();
        var address = UnixDomainSocketAddress.of(folder.resolve("instance.sock"));
        var open = new ArrayList<SocketChannel>();
        try {
            for (int i = 0; i < 100; i++) {
                SocketChannel.open(address).close();
                open.add(SocketChannel.open(address));
                SocketChannel talker = SocketChannel.open(address);
                open.add(talker);
                try {
                    talker.write(
                            ByteBuffer.wrap("GET / HTTP/1.1\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII)));
                } catch (IOException e) {
                    // It was answered and hung up on.
                }
            }
            assertThat(claim(folder)).isEmpty();
        } finally {
            for (SocketChannel channel : open) {
                channel.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "instance.sock", "kansoku-mine/instance.sock/..", "/", "kansoku-mine/letter"})
    void whateverTheAddressOfAnEarlierRunSaysNothingElseIsRemoved(String address) throws Exception {
        Path mine = Files.createDirectories(folder.resolve("kansoku-mine")).resolve("letter");
        Files.writeString(mine, "mine");
        Files.writeString(folder.resolve("instance.address"), address);

        first(folder);

        assertThat(mine).hasContent("mine");
        assertThat(claim(folder)).isEmpty();
    }

    @Test
    void whereNoSocketCanBeMadeTheFirstStartsAndTheSecondGetsNoAnswer() throws Exception {
        Files.createDirectories(folder.resolve("instance.sock").resolve("something in its place"));

        first(folder);

        assertThatThrownBy(() -> OneInstance.claim(folder, SHORT)).isInstanceOf(OneInstance.NoAnswerException.class);
    }

    @Test
    void whereNoLockCanBeMadeEverybodyStarts() throws Exception {
        Path data = Files.writeString(folder.resolve("data"), "a file in place of the folder");

        assertThat(claim(data)).isPresent();
        assertThat(claim(data)).isPresent();
        assertThat(data).hasContent("a file in place of the folder");
    }

    private OneInstance first(Path data) throws OneInstance.NoAnswerException {
        return claim(data).orElseThrow(() -> new AssertionError("Somebody has " + data));
    }

    private Optional<OneInstance> claim(Path data) throws OneInstance.NoAnswerException {
        Optional<OneInstance> instance = OneInstance.claim(data, LONG);
        instance.ifPresent(claimed::add);
        return instance;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
