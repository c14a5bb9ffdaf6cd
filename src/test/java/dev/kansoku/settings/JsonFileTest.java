package dev.kansoku.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFileTest {

    record Note(String text) {}

    private static final Note DEFAULT = new Note("default");

    @TempDir
    private Path folder;

    private Path config;
    private Path path;
    private JsonFile<Note> file;

    @BeforeEach
    void file() {
        config = folder.resolve("config");
        path = config.resolve("note.json");
        file = new JsonFile<>(path, Note.class);
    }

    @Test
    void noFileMeansTheDefaultAndMakesNone() throws IOException {
        assertThat(file.load(DEFAULT)).isEqualTo(new JsonFile.Loaded<>(DEFAULT, null));
        assertThat(config).doesNotExist();
    }

    @Test
    void whatWasSavedIsLoaded() throws IOException {
        file.save(new Note("東京"));
        file.save(new Note("大阪"));

        assertThat(file.load(DEFAULT)).isEqualTo(new JsonFile.Loaded<>(new Note("大阪"), null));
        assertThat(names()).containsExactly("note.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"text\": \"hal",
                "null",
                "[]",
                "{\"text\": \"a\"} {}",
                "{\"text\": {}}",
                "\0\0\0\0\0\0\0\0"
            })
    void aDamagedFileIsSetAsideWithAllItHeld(String content) throws IOException {
        Files.createDirectories(config);
        Files.writeString(path, content);

        JsonFile.Loaded<Note> loaded = file.load(DEFAULT);

        assertThat(loaded.value()).isEqualTo(DEFAULT);
        assertThat(loaded.setAside()).isNotNull().hasContent(content);
        assertThat(Objects.requireNonNull(loaded.setAside()).getFileName().toString())
                .matches("note\\.json\\.damaged-\\d{8}-\\d{6}");
        assertThat(path).doesNotExist();
    }

    @Test
    void bytesInNoEncodingAreADamagedFile() throws IOException {
        Files.createDirectories(config);
        Files.write(path, new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 0, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF});

        assertThat(file.load(DEFAULT).setAside()).isNotNull().exists();
    }

    @Test
    void whatCannotBeReadIsLeftAlone() throws IOException {
        Files.createDirectories(path.resolve("a folder in place of the file"));

        assertThatIOException().isThrownBy(() -> file.load(DEFAULT));

        assertThat(names()).containsExactly("note.json");
    }

    @Test
    void aValueThatCannotBeWrittenLeavesTheOldContent() throws IOException {
        file.save(new Note("old"));

        assertThatIOException().isThrownBy(() -> new JsonFile<>(path, Object.class).save(new Object()));

        assertThat(file.load(DEFAULT).value()).isEqualTo(new Note("old"));
        assertThat(names()).containsExactly("note.json");
    }

    @Test
    void aFileThatCannotBeReplacedKeepsItsContentAndLeavesNoTemporaryFile() throws IOException {
        Path inside = Files.createDirectories(path).resolve("old");
        Files.writeString(inside, "old");

        assertThatIOException().isThrownBy(() -> file.save(new Note("new")));

        assertThat(inside).hasContent("old");
        assertThat(names()).containsExactly("note.json");
    }

    @Test
    void aFolderThatCannotBeMadeIsAnIoException() throws IOException {
        Files.writeString(config, "a file in place of the folder");

        assertThatIOException().isThrownBy(() -> file.save(new Note("new")));
    }

    @Test
    void onlyTheUserCanReadWhatIsSaved() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));

        file.save(new Note("mine"));

        assertThat(permissions(path)).isEqualTo("rw-------");
        assertThat(permissions(config)).isEqualTo("rwx------");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(config)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
