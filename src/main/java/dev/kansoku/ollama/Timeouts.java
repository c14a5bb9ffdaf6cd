package dev.kansoku.ollama;

import java.time.Duration;

/**
 * How long to wait. A turn as a whole has no limit.
 *
 * @param connect until the connection stands
 * @param firstByte until the first byte of a reply: Ollama sends even the HTTP headers only with the first chunk, so
 *     this covers the load of the model and the reading of the prompt
 * @param idle between two chunks
 */
public record Timeouts(Duration connect, Duration firstByte, Duration idle) {

    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofMinutes(2));
}
