package dev.kansoku.chat;

/** Hears of turns: of one turn in order and never concurrently, of several maybe at once. */
@FunctionalInterface
public interface TurnObserver {

    void on(TurnEvent event);

    /** Whether {@link TurnEvent.Chunk} is of any interest: who does not listen costs a turn nothing. */
    default boolean hearsChunks() {
        return true;
    }
}
