package dev.kansoku.history;

import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.Turn;
import dev.kansoku.measure.TurnMeasurement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A conversation that was read, with what its turns took. */
public final class OpenedConversation {

    /** So many turns at the end of the path, more than are ever in sight at once, are complete before the others. */
    public static final int END = 40;

    private static final Logger LOG = LoggerFactory.getLogger(OpenedConversation.class);

    private final Conversation conversation;
    private final String title;

    /** One thread may add to them while another one reads. */
    private final Map<UUID, String> measurements = new ConcurrentHashMap<>();

    private volatile boolean measured;

    OpenedConversation(Conversation conversation, String title) {
        this.conversation = conversation;
        this.title = title;
    }

    /** The turns at the end of the path. What they took is known from the beginning. */
    public List<Turn> end() {
        List<Turn> path = conversation.path();
        return path.subList(Math.max(0, path.size() - END), path.size());
    }

    /** Whether all is known that is kept of what its turns took. */
    boolean isMeasured() {
        return measured;
    }

    void allAdded() {
        measured = true;
    }

    void add(UUID turn, String measurement) {
        measurements.put(turn, measurement);
    }

    public Conversation conversation() {
        return conversation;
    }

    public String title() {
        return title;
    }

    /** What a turn took, if that is known by now. Read when it is asked for: few of many turns are ever in sight. */
    public Optional<TurnMeasurement> measurement(Turn turn) {
        try {
            @Nullable KeptMeasurement kept = Json.read(measurements.get(turn.requestId()), KeptMeasurement.class);
            return kept == null ? Optional.empty() : Optional.of(kept.of(turn));
        } catch (SQLException e) {
            LOG.warn("A measurement cannot be read", e);
            measurements.remove(turn.requestId());
            return Optional.empty();
        }
    }
}
