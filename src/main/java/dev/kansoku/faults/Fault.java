package dev.kansoku.faults;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the program that was written down.
 *
 * @param code the same for the same fault on every machine, such as {@code 4K7Q-0X2M-9TBD}
 * @param file the crash file; null if it could not be written
 */
public record Fault(String code, @Nullable Path file) {}
