package dev.kansoku.ui.telemetry;

import dev.kansoku.privacy.TextLevel;
import dev.kansoku.telemetry.TelemetrySettings.Protocol;
import dev.kansoku.telemetry.TelemetryState;
import dev.kansoku.telemetry.delivery.Answer;
import dev.kansoku.telemetry.delivery.DeliveryStatus;
import dev.kansoku.ui.common.Choices;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.CopiedText;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.telemetry.ConnectionViewModel.Fault;
import dev.kansoku.ui.telemetry.ConnectionViewModel.Field;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.Property;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;

/** Where telemetry goes, how, and whether it arrives. */
final class ConnectionController extends Controller {

    /** Asks the user anew. */
    interface Asking {
        void ask(String endpoint, boolean fromEnvironment);
    }

    private final TelemetryViewModel model;
    private final ConnectionViewModel connection;
    private final Words words;
    private final Figures figures;
    private final TelemetryWords sentences;
    private final Asking asking;

    @FXML
    private Label state;

    @FXML
    private Button askAgain;

    @FXML
    private Label counts;

    @FXML
    private Label lastSent;

    @FXML
    private Label problem;

    @FXML
    private TextField endpoint;

    @FXML
    private Label endpointNote;

    @FXML
    private Label endpointFault;

    @FXML
    private ChoiceBox<Protocol> protocol;

    @FXML
    private ChoiceBox<TextLevel> level;

    @FXML
    private Label levelNote;

    @FXML
    private CheckBox clicks;

    @FXML
    private PasswordField token;

    @FXML
    private Button removeToken;

    @FXML
    private Label tokenFault;

    @FXML
    private TextField certificate;

    @FXML
    private Label certificateFault;

    @FXML
    private TextField clientCertificate;

    @FXML
    private Label clientCertificateFault;

    @FXML
    private TextField clientKey;

    @FXML
    private Label clientKeyFault;

    @FXML
    private TextField proxy;

    @FXML
    private Label proxyFault;

    @FXML
    private TextField installation;

    @FXML
    private Label answer;

    @FXML
    private Button test;

    @FXML
    private Button switchOff;

    @FXML
    private Button save;

    ConnectionController(TelemetryViewModel model, Words words, Asking asking) {
        this.model = model;
        connection = model.connection();
        this.words = words;
        this.asking = asking;
        figures = new Figures(words);
        sentences = new TelemetryWords(words);
    }

    @FXML
    private void initialize() {
        Choices.offer(protocol, "telemetry.protocol.", words, List.of(Protocol.values()));
        Choices.offer(level, "telemetry.level.", words, List.of(TextLevel.values()));
        bind(protocol.valueProperty(), connection.protocolProperty());
        bind(level.valueProperty(), connection.levelProperty());
        bind(clicks.selectedProperty(), connection.clicksProperty());
        bind(token.textProperty(), connection.tokenProperty());
        bind(certificate.textProperty(), connection.certificateProperty());
        bind(clientCertificate.textProperty(), connection.clientCertificateProperty());
        bind(clientKey.textProperty(), connection.clientKeyProperty());
        bind(proxy.textProperty(), connection.proxyProperty());
        installation.setText(model.installation().toString());
        own(connection
                .levelProperty()
                .subscribe(chosen -> levelNote.setText(words.get("telemetry.levelNote." + Keys.of(chosen)))));
        own(connection.tokenHintProperty().subscribe(this::showToken));
        own(connection.faultsProperty().subscribe(this::showFaults));
        own(() -> endpoint.textProperty().unbindBidirectional(connection.endpointProperty()));
        own(model.stateProperty().subscribe(now -> {
            showEndpoint();
            showStatus();
            showButtons();
        }));
        own(model.statusProperty().subscribe(now -> showStatus()));
        own(connection.changedProperty().subscribe(changed -> showButtons()));
        own(connection.savingProperty().subscribe(saving -> showButtons()));
        own(connection.testingProperty().subscribe(testing -> showButtons()));
        own(connection.answerProperty().subscribe(came -> showButtons()));
    }

    private <T> void bind(Property<T> field, Property<T> entered) {
        field.bindBidirectional(entered);
        own(() -> field.unbindBidirectional(entered));
    }

    private void showEndpoint() {
        Optional<String> given = model.endpointOfEnvironment();
        endpoint.textProperty().unbindBidirectional(connection.endpointProperty());
        if (given.isPresent()) {
            endpoint.setText(given.get());
        } else {
            endpoint.textProperty().bindBidirectional(connection.endpointProperty());
        }
        endpoint.setEditable(given.isEmpty());
        endpointNote.setText(
                words.get(given.isPresent() ? "telemetry.endpoint.fromEnvironment" : "telemetry.endpoint.note"));
    }

    private void showStatus() {
        TelemetryState now = model.stateProperty().get();
        state.setText(sentences.state(now));
        Shown.set(askAgain, now instanceof TelemetryState.Declined);
        DeliveryStatus status = model.statusProperty().get();
        boolean on = now instanceof TelemetryState.On;
        counts.setText(sentences.counts(status));
        lastSent.setText(
                status.lastSent() == null
                        ? words.get("telemetry.lastSent.never")
                        : words.get("telemetry.lastSent", figures.timeOfDay(status.lastSent())));
        problem.setText(on && status.problem() != null ? sentences.problem(status.problem(), inForce()) : "");
        Shown.set(counts, on);
        Shown.set(lastSent, on);
        Shown.set(problem, on && status.problem() != null);
    }

    /** The endpoint that is sent to. */
    private String inForce() {
        return model.stateProperty().get() instanceof TelemetryState.On on ? on.endpoint() : "";
    }

    private void showToken(String hint) {
        token.setPromptText(
                hint.isEmpty() ? words.get("telemetry.token.none") : words.get("telemetry.token.set", hint));
        Shown.set(removeToken, !hint.isEmpty());
    }

    private void showFaults(Map<Field, Fault> faults) {
        show(endpointFault, faults.get(Field.ENDPOINT));
        show(tokenFault, faults.get(Field.TOKEN));
        show(certificateFault, faults.get(Field.CERTIFICATE));
        show(clientCertificateFault, faults.get(Field.CLIENT_CERTIFICATE));
        show(clientKeyFault, faults.get(Field.CLIENT_KEY));
        show(proxyFault, faults.get(Field.PROXY));
    }

    private void show(Label label, @Nullable Fault fault) {
        label.setText(fault == null ? "" : words.get("telemetry.fault." + Keys.of(fault), connection.tokenPath()));
        Shown.set(label, fault != null);
    }

    private void showButtons() {
        boolean on = model.stateProperty().get() instanceof TelemetryState.On;
        boolean changed = connection.changedProperty().get();
        boolean testing = connection.testingProperty().get();
        save.setDisable(!changed || connection.savingProperty().get());
        Shown.set(switchOff, on);
        Shown.set(test, on);
        test.setDisable(changed || testing);
        answer.setText(answerText(on, changed, testing));
    }

    private String answerText(boolean on, boolean changed, boolean testing) {
        Answer came = connection.answerProperty().get();
        if (!on) {
            return "";
        }
        if (testing) {
            return words.get("telemetry.test.waiting");
        }
        if (changed) {
            return words.get("telemetry.test.saveFirst");
        }
        return came == null ? words.get("telemetry.off.note") : sentences.answer(came, inForce());
    }

    @FXML
    private void askAgain() {
        if (model.stateProperty().get() instanceof TelemetryState.Declined declined) {
            asking.ask(declined.endpoint(), model.endpointOfEnvironment().isPresent());
        }
    }

    @FXML
    private void removeToken() {
        connection.removeToken();
    }

    @FXML
    private void pickCertificate() {
        pick(certificate);
    }

    @FXML
    private void pickClientCertificate() {
        pick(clientCertificate);
    }

    @FXML
    private void pickClientKey() {
        pick(clientKey);
    }

    private static void pick(TextField field) {
        File chosen = new FileChooser().showOpenDialog(field.getScene().getWindow());
        if (chosen != null) {
            field.setText(chosen.getPath());
        }
    }

    @FXML
    private void copyInstallation() {
        CopiedText.set(installation.getText());
    }

    @FXML
    private void test() {
        connection.test();
    }

    @FXML
    private void switchOff() {
        model.switchOff();
    }

    @FXML
    private void save() {
        connection.save();
    }
}
