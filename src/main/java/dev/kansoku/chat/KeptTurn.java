package dev.kansoku.chat;

import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaError;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A turn as it was kept from an earlier run of the program.
 *
 * @param id its {@link Turn#requestId()}
 * @param parent of the turn that it follows; {@code null} if it is the first
 * @param chosen whether the user saw it and not another branch
 * @param continuedFrom how much of the answer an earlier turn had written, in UTF-16 units
 * @param demo whether the demo engine answered it
 * @param state one in which it is over
 * @param error why it failed; {@code null} unless it did
 */
public record KeptTurn(
        UUID id,
        UUID sessionId,
        @Nullable UUID parent,
        boolean chosen,
        String model,
        ModelOptions options,
        Prompt prompt,
        Instant createdAt,
        int continuedFrom,
        boolean demo,
        Turn.State state,
        String thinking,
        String answer,
        @Nullable OllamaError error) {

    /** @throws IllegalArgumentException for a turn that is not over, or goes on from more than its answer */
    public KeptTurn {
        if (!state.isOver() || continuedFrom < 0 || continuedFrom > answer.length()) {
            throw new IllegalArgumentException("turn " + id + " in state " + state);
        }
    }

    /** As it is now; one that is not over is as it will be if the program ends now. */
    public static KeptTurn of(Turn turn) {
        Turn.State state = turn.state();
        @Nullable Turn parent = turn.parent();
        return new KeptTurn(
                turn.requestId(),
                turn.sessionId(),
                parent == null ? null : parent.requestId(),
                turn.conversation().isChosen(turn),
                turn.model(),
                turn.options(),
                turn.prompt(),
                turn.createdAt(),
                turn.continuedFrom(),
                turn.isDemo(),
                state.isOver() ? state : Turn.State.CUT_OFF,
                turn.thinking().toString(),
                turn.answer().toString(),
                turn.error());
    }
}
