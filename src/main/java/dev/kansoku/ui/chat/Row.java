package dev.kansoku.ui.chat;

import dev.kansoku.chat.Attachment;
import dev.kansoku.chat.Turn;
import dev.kansoku.measure.Phase;
import dev.kansoku.measure.TurnMeasurement;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** One row of the chat's list. A message is several of them, so that each stays cheap however long an answer grows. */
public sealed interface Row {

    Turn turn();

    /** A part of the text of a message. */
    record Text(Turn turn, Speaker speaker, Block block) implements Row {}

    /** Text that went with a prompt but is not shown whole. */
    record Attached(Turn turn, Attachment attachment) implements Row {}

    /** A prompt that waits for the running turn; it can be taken back. */
    record Queued(Turn turn) implements Row {}

    /** From here on another model answers. */
    record ModelChanged(Turn turn) implements Row {}

    /** Which branch a turn is, from 1 on, and of how many. */
    record Place(int branch, int branches) {}

    /** What stands under a reply: what it waits for, what it took, or what went wrong. */
    final class Status implements Row {

        private final Turn turn;
        private String server = "";
        private long startedNanos = System.nanoTime();
        private final ObjectProperty<Phase> phase = new SimpleObjectProperty<>(Phase.CONNECTING);
        private final ObjectProperty<Turn.@Nullable State> end = new SimpleObjectProperty<>();
        private final ObjectProperty<@Nullable TurnMeasurement> measurement = new SimpleObjectProperty<>();
        private final BooleanProperty opened = new SimpleBooleanProperty();
        private final Function<Turn, Optional<TurnMeasurement>> kept;
        private final ReadOnlyObjectWrapper<Place> place = new ReadOnlyObjectWrapper<>(new Place(1, 1));
        private @Nullable Duration typicalLoad;

        /** Somebody wanted to know what it took when that was not known. */
        private boolean missed;

        /** @param kept what was measured in an earlier run of the program; asked when somebody wants to know */
        Status(Turn turn, Function<Turn, Optional<TurnMeasurement>> kept) {
            this.turn = turn;
            this.kept = kept;
        }

        void stand(int branch, int branches) {
            place.set(new Place(branch, branches));
        }

        public ReadOnlyObjectProperty<Place> place() {
            return place.getReadOnlyProperty();
        }

        /** Which of its branches it is, from 1 on. */
        public int branch() {
            return place.get().branch();
        }

        /** How many turns follow the same one; 1 if it was never sent another way. */
        public int branches() {
            return place.get().branches();
        }

        void started(String asked, long nanos) {
            server = asked;
            startedNanos = nanos;
        }

        @Override
        public Turn turn() {
            return turn;
        }

        /** Whom the turn was sent to, as people write it. */
        public String server() {
            return server;
        }

        /** {@link System#nanoTime()} at which the turn was sent off. */
        public long startedNanos() {
            return startedNanos;
        }

        void enter(Phase next, @Nullable Duration usualLoad) {
            typicalLoad = usualLoad;
            phase.set(next);
        }

        public ReadOnlyObjectProperty<Phase> phase() {
            return phase;
        }

        /** How long the model usually takes to be loaded. */
        public @Nullable Duration typicalLoad() {
            return typicalLoad;
        }

        /** How it ended; empty until that was told. */
        public ReadOnlyObjectProperty<Turn.@Nullable State> end() {
            return end;
        }

        void ended() {
            end.set(turn.state());
        }

        /** Whether the user wants to see where the time went. */
        public BooleanProperty opened() {
            return opened;
        }

        /** Comes a moment after the end. */
        public ReadOnlyObjectProperty<@Nullable TurnMeasurement> measurement() {
            if (measurement.get() == null) {
                measurement.set(kept.apply(turn).orElse(null));
                missed = measurement.get() == null;
            }
            return measurement;
        }

        /** More of what was measured in an earlier run of the program is known by now. */
        void lookAgain() {
            if (missed) {
                measurement();
            }
        }

        void measured(TurnMeasurement taken) {
            measurement.set(taken);
        }
    }
}
