package dev.kansoku.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** An observer that keeps what it hears. */
public final class Heard implements TurnObserver {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<TurnEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void on(TurnEvent event) {
        events.add(event);
    }

    /** All events of a turn so far. */
    public List<TurnEvent> of(Turn turn) {
        return events.stream().filter(event -> event.turn() == turn).toList();
    }

    public <E extends TurnEvent> List<E> of(Turn turn, Class<E> kind) {
        return of(turn).stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Waits for an event of a kind. */
    public <E extends TurnEvent> E await(Turn turn, Class<E> kind) {
        Awaitility.await(turn + " to be told " + kind.getSimpleName())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !of(turn, kind).isEmpty());
        return of(turn, kind).getFirst();
    }

    /** Waits for the end of a turn, which must be of a kind. */
    public <E extends TurnEvent.Ended> E awaitEnd(Turn turn, Class<E> kind) {
        TurnEvent.Ended end = await(turn, TurnEvent.Ended.class);
        assertThat(end).as("how %s ended", turn).isInstanceOf(kind);
        return kind.cast(end);
    }
}
