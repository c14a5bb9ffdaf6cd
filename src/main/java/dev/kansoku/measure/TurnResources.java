package dev.kansoku.measure;

import org.jspecify.annotations.Nullable;

/**
 * What the machine had to give while a turn ran, from the samples between sending and the last byte.
 *
 * @param cpu of the machine, mean, 0 to 1 over all cores
 * @param cores logical cores of the machine
 * @param ollamaCores what Ollama's server and the turn's runner used together, mean, in cores; {@code null} if they were
 *     not found
 * @param memoryFree the least that was available, as a share of all, 0 to 1
 * @param swapping bytes a second to and from swap, mean; {@code null} if unknown
 * @param gpuShare how much of the model lies in the memory of a GPU, 0 to 1; {@code null} if the server does not say
 */
public record TurnResources(
        @Nullable Double cpu,
        int cores,
        @Nullable Double ollamaCores,
        @Nullable Double memoryFree,
        @Nullable Double swapping,
        @Nullable Double gpuShare) {}
