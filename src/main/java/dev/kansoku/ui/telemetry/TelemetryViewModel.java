package dev.kansoku.ui.telemetry;

import dev.kansoku.privacy.TextLevel;
import dev.kansoku.settings.Stored;
import dev.kansoku.telemetry.TelemetryControl;
import dev.kansoku.telemetry.TelemetrySettings;
import dev.kansoku.telemetry.TelemetryState;
import dev.kansoku.telemetry.Token;
import dev.kansoku.telemetry.delivery.DeliveryStatus;
import java.util.Optional;
import java.util.UUID;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Whether telemetry is sent, and how far it has come. */
public final class TelemetryViewModel {

    private final TelemetryControl control;
    private final Stored<TelemetrySettings> settings;
    private final Background background;
    private final ReadOnlyObjectWrapper<TelemetryState> state;
    private final ReadOnlyObjectWrapper<DeliveryStatus> status = new ReadOnlyObjectWrapper<>(DeliveryStatus.NONE);
    private final ConnectionViewModel connection;
    private final SentViewModel sent;
    private final MaskerViewModel masker;

    public TelemetryViewModel(TelemetryControl control, Stored<TelemetrySettings> settings, Token token) {
        this(control, settings, token, Background.threads());
    }

    TelemetryViewModel(
            TelemetryControl control, Stored<TelemetrySettings> settings, Token token, Background background) {
        this.control = control;
        this.settings = settings;
        this.background = background;
        state = new ReadOnlyObjectWrapper<>(control.state());
        connection = new ConnectionViewModel(settings, token, control::test, background);
        sent = new SentViewModel(control::sent, background);
        masker = newMasker();
        // The state as it is when it is shown: changes may come on several threads.
        control.onState(changed -> background.back().execute(() -> state.set(control.state())));
        control.onStatus(changed -> background.back().execute(() -> status.set(changed)));
        settings.subscribe(changed ->
                background.back().execute(() -> masker.levelProperty().set(changed.level())));
    }

    public ReadOnlyObjectProperty<TelemetryState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<DeliveryStatus> statusProperty() {
        return status.getReadOnlyProperty();
    }

    ConnectionViewModel connection() {
        return connection;
    }

    SentViewModel sent() {
        return sent;
    }

    /** The one of the window. */
    MaskerViewModel masker() {
        return masker;
    }

    /** One that begins at the level of the settings. */
    MaskerViewModel newMasker() {
        return new MaskerViewModel(control::masked, settings.get().level(), background);
    }

    /** A button with this name in its FXML file was used. */
    public void clicked(String widget) {
        control.clicked(widget);
    }

    UUID installation() {
        return control.installation();
    }

    /** The level first: nothing must leave at another one. */
    void agree(String endpoint, TextLevel level) {
        background.quick().execute(() -> {
            settings.update(now -> now.withLevel(level));
            control.agree(endpoint);
        });
    }

    void decline(String endpoint) {
        background.quick().execute(() -> control.decline(endpoint));
    }

    /** What waits is deleted. An endpoint that the environment names stays declined until the program is started anew. */
    void switchOff() {
        Optional<String> given = endpointOfEnvironment();
        if (given.isPresent()) {
            decline(given.get());
        } else {
            connection.switchOff();
        }
    }

    /** Empty if the endpoint of the settings counts. */
    Optional<String> endpointOfEnvironment() {
        return switch (state.get()) {
            case TelemetryState.Asking asking when asking.fromEnvironment() -> Optional.of(asking.endpoint());
            case TelemetryState.On on when on.fromEnvironment() -> Optional.of(on.endpoint());
            case TelemetryState.Declined declined when declined.fromEnvironment() -> Optional.of(declined.endpoint());
            default -> Optional.empty();
        };
    }
}
