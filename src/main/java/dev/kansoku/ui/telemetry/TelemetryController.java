package dev.kansoku.ui.telemetry;

import dev.kansoku.ui.common.Controller;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;

/** The tabs of the window about telemetry. */
final class TelemetryController extends Controller {

    private final Parent connectionView;
    private final Parent sentView;
    private final Parent maskerView;
    private final int first;

    @FXML
    private TabPane tabs;

    @FXML
    private Tab connection;

    @FXML
    private Tab sent;

    @FXML
    private Tab masker;

    /** @param first which tab is shown first */
    TelemetryController(Parent connectionView, Parent sentView, Parent maskerView, int first) {
        this.connectionView = connectionView;
        this.sentView = sentView;
        this.maskerView = maskerView;
        this.first = first;
    }

    @FXML
    private void initialize() {
        connection.setContent(connectionView);
        sent.setContent(sentView);
        masker.setContent(maskerView);
        tabs.getSelectionModel().select(first);
    }

    /** Which tab is shown. */
    int tab() {
        return tabs.getSelectionModel().getSelectedIndex();
    }
}
