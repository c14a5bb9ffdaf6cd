package dev.kansoku.telemetry;

import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Outcome;
import dev.kansoku.measure.Segments;
import dev.kansoku.privacy.MaskedText;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of a turn. Nothing in it holds the turn, and with it the text.
 *
 * @param model its name, cleaned
 * @param isLocal whether the server is on this machine
 * @param verdict of the load
 * @param errorType from a fixed list; {@code null} unless the turn failed or broke off
 * @param errorText what the server said; {@code null} if it said nothing
 * @param promptTokens cached ones included
 */
record TurnReport(
        String requestId,
        String conversationId,
        String sessionId,
        String model,
        boolean isLocal,
        @Nullable String serverVersion,
        Instant sentAt,
        Outcome outcome,
        LoadVerdict verdict,
        Segments segments,
        @Nullable Duration timeToFirstToken,
        OptionalDouble tokensPerSecond,
        @Nullable String finishReason,
        @Nullable Long promptTokens,
        @Nullable Long cachedTokens,
        @Nullable Long answerTokens,
        @Nullable String errorType,
        @Nullable MaskedText errorText,
        MaskedText prompt,
        MaskedText reply) {}
