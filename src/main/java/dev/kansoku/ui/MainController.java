package dev.kansoku.ui;

import dev.kansoku.settings.Stored;
import dev.kansoku.settings.WindowState;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.panel.PanelPlacement;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The parts of the main window and how much room each gets. */
final class MainController extends Controller {

    /** In a narrower window the conversations stand in the way of the chat unless they are asked for. */
    private static final double ROOM_FOR_CONVERSATIONS = 1150;

    /** What the header needs in every language. */
    private static final double LEAST_CHAT = 496;

    private static final double LEAST_PANEL = 300;
    private static final double MOST_PANEL = 900;

    private final Stored<WindowState> window;
    private final Parent conversations;
    private final Parent models;
    private final Parent telemetry;
    private final Parent saving;
    private final Parent demo;
    private final Parent strip;
    private final Parent chat;
    private final PanelPlacement placement;
    private final Runnable openSettings;

    @FXML
    private BorderPane root;

    @FXML
    private SplitPane split;

    @FXML
    private VBox centre;

    @FXML
    private VBox conversationsHolder;

    @FXML
    private HBox modelsHolder;

    @FXML
    private HBox telemetryHolder;

    @FXML
    private ToggleButton conversationsToggle;

    @FXML
    private ToggleButton panelToggle;

    private boolean narrow;
    private boolean placed;
    private double panelWidth;
    private @Nullable Region panel;

    MainController(
            Stored<WindowState> window,
            Parent conversations,
            Parent models,
            Parent telemetry,
            Parent saving,
            Parent demo,
            Parent strip,
            Parent chat,
            PanelPlacement placement,
            Runnable openSettings) {
        this.window = window;
        this.conversations = conversations;
        this.models = models;
        this.telemetry = telemetry;
        this.saving = saving;
        this.demo = demo;
        this.strip = strip;
        this.chat = chat;
        this.placement = placement;
        this.openSettings = openSettings;
    }

    @FXML
    private void initialize() {
        WindowState state = window.get();
        conversationsHolder.getChildren().setAll(conversations);
        VBox.setVgrow(conversations, Priority.ALWAYS);
        modelsHolder.getChildren().setAll(models);
        telemetryHolder.getChildren().setAll(telemetry);
        centre.getChildren().addAll(saving, demo, strip, chat);
        VBox.setVgrow(chat, Priority.ALWAYS);
        centre.setMinWidth(LEAST_CHAT);
        panelWidth = state.panelWidth();
        panelToggle.selectedProperty().bindBidirectional(placement.shownProperty());
        own(() -> panelToggle.selectedProperty().unbindBidirectional(placement.shownProperty()));
        conversationsToggle.setSelected(state.conversationsShown());
        own(conversationsToggle.selectedProperty().subscribe(shown -> Shown.set(conversationsHolder, shown)));
        own(split.widthProperty().subscribe(width -> firstWidth(width.doubleValue())));
        own(root.widthProperty().subscribe(width -> fit(width.doubleValue())));
    }

    void dockPanel(Region docked) {
        docked.setMinWidth(LEAST_PANEL);
        docked.setMaxWidth(MOST_PANEL);
        SplitPane.setResizableWithParent(docked, false);
        split.getItems().add(docked);
        panel = docked;
        giveRoom();
    }

    void undockPanel() {
        panelWidth = panelWidth();
        split.getItems().remove(panel);
        panel = null;
    }

    /** A SplitPane does not ask its items how wide they want to be. */
    private void giveRoom() {
        if (split.getWidth() > panelWidth && panel != null) {
            split.setDividerPosition(0, 1 - panelWidth / split.getWidth());
        }
    }

    private void firstWidth(double width) {
        if (width > 0 && !placed) {
            placed = true;
            giveRoom();
        }
    }

    /** Only on the way from wide to narrow and back: what the user does in between stays. */
    private void fit(double width) {
        boolean nowNarrow = width > 0 && width < ROOM_FOR_CONVERSATIONS;
        if (nowNarrow != narrow) {
            narrow = nowNarrow;
            conversationsToggle.setSelected(!nowNarrow && window.get().conversationsShown());
        }
    }

    /** In the main window, now or when it was there last. */
    double panelWidth() {
        return panel != null && panel.getWidth() > 0 ? panel.getWidth() : panelWidth;
    }

    void showConversations() {
        conversationsToggle.setSelected(true);
    }

    boolean isConversationsWanted() {
        return narrow ? window.get().conversationsShown() : conversationsToggle.isSelected();
    }

    @FXML
    private void openSettings() {
        openSettings.run();
    }
}
