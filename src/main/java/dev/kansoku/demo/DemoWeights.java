package dev.kansoku.demo;

import java.time.Duration;

/**
 * The models that the demo engine has. Names, sizes and details are those of the real ones (ollama.com/library), the
 * digests are made up. The paces are those of a CPU without a GPU, about ten times as fast as on a small machine.
 */
enum DemoWeights {
    TINYLLAMA(
            "tinyllama:latest",
            637_700_138,
            "de30".repeat(15) + "0001",
            "llama",
            1_100_048_384,
            "1B",
            "Q4_0",
            Duration.ofMillis(1_400),
            400,
            28),
    GRANITE(
            "granite3.2:2b",
            1_545_303_329,
            "de30".repeat(15) + "0002",
            "granite",
            2_533_531_648L,
            "2.5B",
            "Q4_K_M",
            Duration.ofMillis(2_600),
            180,
            14);

    final String fullName;
    final long bytes;
    final String digest;
    final String family;
    final long parameters;
    final String parameterSize;
    final String quantization;
    final Duration load;
    final int promptTokensPerSecond;
    final int tokensPerSecond;

    DemoWeights(
            String fullName,
            long bytes,
            String digest,
            String family,
            long parameters,
            String parameterSize,
            String quantization,
            Duration load,
            int promptTokensPerSecond,
            int tokensPerSecond) {
        this.fullName = fullName;
        this.bytes = bytes;
        this.digest = digest;
        this.family = family;
        this.parameters = parameters;
        this.parameterSize = parameterSize;
        this.quantization = quantization;
        this.load = load;
        this.promptTokensPerSecond = promptTokensPerSecond;
        this.tokensPerSecond = tokensPerSecond;
    }
}
