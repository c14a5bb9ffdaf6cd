package dev.kansoku.settings;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * One value in one JSON file. Fields it does not know are ignored, so that an older program can read a newer one's file.
 *
 * @param <T> a type that Jackson can read and write
 */
public final class JsonFile<T> {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
            .build();

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Path path;
    private final Class<T> type;

    public JsonFile(Path path, Class<T> type) {
        this.path = path;
        this.type = type;
    }

    public Path path() {
        return path;
    }

    /**
     * What the file holds. A file that is not JSON, or JSON of another shape, is set aside as
     * {@code <name>.damaged-<yyyyMMdd-HHmmss>}: what somebody wrote is never lost.
     *
     * @param defaults what to use if there is no such file or it is damaged
     * @throws IOException if the file is there but cannot be read, or is damaged and cannot be set aside; it is left alone
     */
    public Loaded<T> load(T defaults) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            return new Loaded<>(defaults, null);
        }
        T value = parse(bytes);
        return value == null ? new Loaded<>(defaults, setAside()) : new Loaded<>(value, null);
    }

    private @Nullable T parse(byte[] bytes) {
        try {
            return JSON.readValue(bytes, type);
        } catch (IOException e) {
            return null;
        }
    }

    private Path setAside() throws IOException {
        String timestamp = TIMESTAMP.format(LocalDateTime.now(ZoneId.systemDefault()));
        return Files.move(path, path.resolveSibling(path.getFileName() + ".damaged-" + timestamp));
    }

    /**
     * Writes the file as a whole or not at all.
     *
     * @throws IOException if it was not written; the file then holds what it held before
     */
    public void save(T value) throws IOException {
        String json = JSON.writeValueAsString(value) + "\n";
        PrivateFiles.write(path, json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What was found.
     *
     * @param setAside where the damaged file lies now; null if there was none
     */
    public record Loaded<T>(T value, @Nullable Path setAside) {}
}
