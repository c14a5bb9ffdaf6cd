package dev.kansoku.measure;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the machine, Ollama and the program itself used at one moment. What cannot be known is {@code null} or missing,
 * never 0.
 *
 * @param nanos {@link System#nanoTime()}
 * @param cpu of the machine since the sample before, 0 to 1 over all cores; {@code null} in the first sample
 * @param cores logical cores of the machine
 * @param physicalCores of the machine: fewer where each of them runs two threads
 * @param memoryUsed of the machine, in bytes: what is not available to a program that asks for memory
 * @param memoryTotal of the machine, in bytes
 * @param swapUsed in bytes; 0 also where there is none
 * @param swapping bytes a second read from and written to swap since the sample before; {@code null} where it cannot be
 *     read, and in the first sample
 * @param server {@code ollama serve} without its runners; {@code null} if the server is not on this machine, or not found
 * @param runners by file name of the weights a runner was started with ({@code sha256-…})
 * @param self this program
 * @param gpu of all GPUs, where a tool tells
 * @param frameLag the longest time between two pictures of the window since the sample before, while text came in;
 *     {@code null} if none did
 */
public record Sample(
        long nanos,
        @Nullable Double cpu,
        int cores,
        @Nullable Integer physicalCores,
        @Nullable Long memoryUsed,
        @Nullable Long memoryTotal,
        @Nullable Long swapUsed,
        @Nullable Double swapping,
        @Nullable Usage server,
        Map<String, Usage> runners,
        Usage self,
        @Nullable Gpu gpu,
        @Nullable Duration frameLag) {

    /**
     * The GPUs of the machine together.
     *
     * @param busy 0 to 1, of the busiest one
     * @param memoryUsed in bytes
     * @param memoryTotal in bytes
     */
    public record Gpu(
            @Nullable Double busy,
            @Nullable Long memoryUsed,
            @Nullable Long memoryTotal) {}

    public Sample {
        runners = Map.copyOf(runners);
    }
}
