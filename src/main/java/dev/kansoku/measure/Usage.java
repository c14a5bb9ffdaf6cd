package dev.kansoku.measure;

import org.jspecify.annotations.Nullable;

/**
 * What a process, or several together, used.
 *
 * @param cores processor time since the sample before, per second of the clock: 1 is one core busy all the time; {@code
 *     null} in the first sample of a process, and where it cannot be read
 * @param memory resident, in bytes; {@code null} where it cannot be read
 */
public record Usage(@Nullable Double cores, @Nullable Long memory) {

    static final Usage UNKNOWN = new Usage(null, null);
}
