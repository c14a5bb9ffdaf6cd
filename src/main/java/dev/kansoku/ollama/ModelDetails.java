package dev.kansoku.ollama;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /api/show} says of a model.
 *
 * @param capabilities e.g. {@code completion}, {@code tools}, {@code vision}, {@code thinking}, {@code embedding}
 * @param architecture {@code general.architecture}
 * @param parameterCount {@code general.parameter_count}
 * @param contextLength the longest context the model was trained for, in tokens
 * @param blob file name of the weights ({@code sha256-…}), from the {@code FROM} line of the Modelfile; it is what a
 *     runner process is started with
 */
public record ModelDetails(
        Set<String> capabilities,
        @Nullable String architecture,
        @Nullable Long parameterCount,
        @Nullable Integer contextLength,
        @Nullable String blob) {

    public ModelDetails {
        capabilities = Set.copyOf(capabilities);
    }
}
