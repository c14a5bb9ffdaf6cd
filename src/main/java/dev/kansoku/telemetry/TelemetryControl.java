package dev.kansoku.telemetry;

import dev.kansoku.privacy.MaskedText;
import dev.kansoku.privacy.Masker;
import dev.kansoku.privacy.TextLevel;
import dev.kansoku.settings.Stored;
import dev.kansoku.telemetry.delivery.Answer;
import dev.kansoku.telemetry.delivery.DeliveryProblem;
import dev.kansoku.telemetry.delivery.DeliveryStatus;
import dev.kansoku.telemetry.delivery.SentMessage;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Switches telemetry on and off, as the settings, the environment and the user will have it. Listeners are called on any
 * thread.
 */
public final class TelemetryControl implements AutoCloseable {

    private final Masker masker;
    private final UUID installation;
    private final List<Consumer<TelemetryState>> listeners = new CopyOnWriteArrayList<>();
    private volatile TelemetryState state = new TelemetryState.Off();

    public TelemetryControl(Stored<TelemetrySettings> settings, Masker masker, UUID installation) {
        this.masker = masker;
        this.installation = installation;
        settings.subscribe(changed -> state = new TelemetryState.Off());
    }

    public TelemetryState state() {
        return state;
    }

    /** Tells the state now, and every change of it. */
    public void onState(Consumer<TelemetryState> listener) {
        listeners.add(listener);
        listener.accept(state);
    }

    /** The user has seen what is sent to this endpoint, and agrees. */
    public void agree(String endpoint) {}

    /** The user does not want anything sent to this endpoint. */
    public void decline(String endpoint) {}

    /** Is told now, and whenever it changes, at most a few times a second. */
    public void onStatus(Consumer<DeliveryStatus> listener) {
        listener.accept(DeliveryStatus.NONE);
    }

    /** What left the program since its start, the newest last; as many of the last messages as fit into 2 MB. */
    public List<SentMessage> sent() {
        return List.of();
    }

    /** Sends a log event that says nothing, and waits for the answer, at most some seconds: not for the FX thread. */
    public Answer test() {
        return new Answer.NotNow(new DeliveryProblem(DeliveryProblem.Kind.UNREACHABLE, ""));
    }

    /** By which the Collector's side knows this installation. */
    public UUID installation() {
        return installation;
    }

    /** What would be sent of a text. Takes some milliseconds. */
    public MaskedText masked(String text, TextLevel level) {
        return masker.mask(text, level);
    }

    @Override
    public void close() {
        listeners.clear();
    }
}
