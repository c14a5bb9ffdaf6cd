package dev.kansoku.chat;

import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.ReplyFigures;

/** What happens to a turn, in this order: Started, FirstChunk, any number of Chunk, one of {@link Ended}. */
public sealed interface TurnEvent {

    Turn turn();

    /**
     * The turn left the queue.
     *
     * @param models what the server had in memory just before
     * @param nanos {@link System#nanoTime()}
     */
    record Started(Turn turn, ModelSnapshot models, long nanos) implements TurnEvent {}

    /**
     * The first content, thinking or tool call came.
     *
     * @param nanos when it was read from the socket
     */
    record FirstChunk(Turn turn, long nanos) implements TurnEvent {}

    /**
     * The reply has grown. Adjacent chunks may have been joined on their way to an observer.
     *
     * @param answerLength how far {@link Turn#answer()} reaches now
     * @param thinkingLength how far {@link Turn#thinking()} reaches now
     * @param chunks how many lines of the stream this stands for
     * @param firstNanos when the first of them was read from the socket
     * @param lastNanos when the last of them was read
     */
    record Chunk(Turn turn, int answerLength, int thinkingLength, int chunks, long firstNanos, long lastNanos)
            implements TurnEvent {

        Chunk joinedWith(Chunk later) {
            return new Chunk(
                    turn, later.answerLength, later.thinkingLength, chunks + later.chunks, firstNanos, later.lastNanos);
        }
    }

    /** The end of a turn, whichever. */
    sealed interface Ended extends TurnEvent {
        Timeline timeline();
    }

    /** The server said that it is done. */
    record Finished(Turn turn, ReplyFigures figures, Timeline timeline) implements Ended {}

    /** The stream ended without the server saying that it is done (e.g. after many equal tokens in a row). */
    record Incomplete(Turn turn, Timeline timeline) implements Ended {}

    /** The user stopped it. */
    record Stopped(Turn turn, Timeline timeline) implements Ended {}

    record Failed(Turn turn, OllamaError error, Timeline timeline) implements Ended {}
}
