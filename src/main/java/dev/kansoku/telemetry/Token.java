package dev.kansoku.telemetry;

import dev.kansoku.settings.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The bearer token for the Collector, in a file of its own that nobody but the user can read. It is never shown whole, and
 * stands in no other file.
 */
public final class Token {

    private static final Set<PosixFilePermission> OF_THE_USER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;
    private volatile Runnable onChanged = () -> {};

    public Token(Path file) {
        this.file = file;
    }

    /** There is another one, and everything else that was to be changed with it. */
    public void use() {
        onChanged.run();
    }

    /** Whoever uses it. */
    void onChanged(Runnable listener) {
        onChanged = listener;
    }

    public Path file() {
        return file;
    }

    /**
     * Empty if there is none.
     *
     * @throws IOException if it cannot be read, or others could read it as well; the message is a sentence
     */
    public Optional<String> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && !OF_THE_USER.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException("Others can read " + file + ": change its permissions to 0600.");
        }
        return Optional.of(Files.readString(file).strip()).filter(token -> !token.isEmpty());
    }

    /**
     * Puts another in its place.
     *
     * @param token empty: none
     * @throws IllegalArgumentException if it cannot stand in a header of HTTP
     */
    public void write(String token) throws IOException {
        String stripped = token.strip();
        if (!stripped.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("A token is printable ASCII without spaces.");
        }
        if (stripped.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            PrivateFiles.write(file, stripped.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What may be shown of it: its last four characters, and of a short one nothing. */
    public Optional<String> hint() throws IOException {
        return read().map(token -> token.length() < 12 ? "…" : "…" + token.substring(token.length() - 4));
    }
}
