package dev.kansoku.history;

import dev.kansoku.chat.Attachment;
import dev.kansoku.chat.KeptTurn;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.Turn;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaError;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A {@link KeptTurn} as it stands in an archive, with what it took. What is as it mostly is, is left out.
 *
 * @param options {@code null} for {@link ModelOptions#DEFAULTS}
 * @param attachments {@code null} for none
 * @param continuedFrom {@code null} for 0
 * @param demo {@code null} for {@code false}
 * @param thinking {@code null} for none
 */
record ArchivedTurn(
        UUID id,
        @Nullable UUID parent,
        boolean chosen,
        UUID session,
        String model,
        @Nullable ModelOptions options,
        String prompt,
        @Nullable List<String> attachments,
        Instant createdAt,
        @Nullable Integer continuedFrom,
        @Nullable Boolean demo,
        Turn.State state,
        @Nullable OllamaError error,
        @Nullable String thinking,
        String answer,
        @Nullable KeptMeasurement measurement) {

    static ArchivedTurn of(KeptTurn turn, boolean chosen, @Nullable KeptMeasurement measurement) {
        List<String> attachments =
                turn.prompt().attachments().stream().map(Attachment::text).toList();
        return new ArchivedTurn(
                turn.id(),
                turn.parent(),
                chosen,
                turn.sessionId(),
                turn.model(),
                turn.options().equals(ModelOptions.DEFAULTS) ? null : turn.options(),
                turn.prompt().text(),
                attachments.isEmpty() ? null : attachments,
                turn.createdAt(),
                turn.continuedFrom() == 0 ? null : turn.continuedFrom(),
                turn.demo() ? true : null,
                turn.state(),
                turn.error(),
                turn.thinking().isEmpty() ? null : turn.thinking(),
                turn.answer(),
                measurement);
    }

    int from() {
        return continuedFrom == null ? 0 : continuedFrom;
    }

    /** Its characters, about. */
    long length() {
        long length = prompt.length() + (long) answer.length() + (thinking == null ? 0 : thinking.length());
        return attachments == null
                ? length
                : length + attachments.stream().mapToLong(String::length).sum();
    }

    /**
     * As it is to be kept.
     *
     * @param follows the turn that it follows there
     * @param isChosen whether it is the branch that is seen
     */
    KeptTurn kept(@Nullable UUID follows, boolean isChosen) {
        List<String> texts = Objects.requireNonNullElse(attachments, List.of());
        return new KeptTurn(
                id,
                session,
                follows,
                isChosen,
                model,
                Objects.requireNonNullElse(options, ModelOptions.DEFAULTS),
                new Prompt(prompt, texts.stream().map(Attachment::new).toList()),
                createdAt,
                from(),
                Objects.requireNonNullElse(demo, false),
                state,
                Objects.requireNonNullElse(thinking, ""),
                answer,
                error);
    }
}
