package dev.kansoku.measure;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.chat.TurnObserver;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** How often the machine has to be looked at: it depends on who looks at the charts, and on whether a turn runs. */
public final class SamplingPace implements TurnObserver {

    private final Consumer<Pace> sampler;
    private final Set<Turn> running = new HashSet<>();
    private boolean lookedAt;

    /** @param sampler is told the pace whenever it may have changed */
    public SamplingPace(Consumer<Pace> sampler) {
        this.sampler = sampler;
    }

    /** Whether somebody can see the samples. */
    public synchronized void setLookedAt(boolean lookedAt) {
        this.lookedAt = lookedAt;
        tell();
    }

    @Override
    public boolean hearsChunks() {
        return false;
    }

    @Override
    public synchronized void on(TurnEvent event) {
        switch (event) {
            case TurnEvent.Started started -> running.add(started.turn());
            case TurnEvent.FirstChunk first -> {}
            case TurnEvent.Chunk chunk -> {}
            case TurnEvent.Ended ended -> running.remove(ended.turn());
        }
        tell();
    }

    private void tell() {
        Pace unseen = running.isEmpty() ? Pace.OFF : Pace.EVERY_FIVE_SECONDS;
        sampler.accept(lookedAt ? Pace.EVERY_SECOND : unseen);
    }
}
