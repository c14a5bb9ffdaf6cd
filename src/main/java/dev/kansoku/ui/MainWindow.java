package dev.kansoku.ui;

import dev.kansoku.chat.Turn;
import dev.kansoku.faults.Fault;
import dev.kansoku.history.History;
import dev.kansoku.history.Recovery;
import dev.kansoku.measure.Drawing;
import dev.kansoku.settings.Language;
import dev.kansoku.settings.ServerAddress;
import dev.kansoku.settings.Settings;
import dev.kansoku.settings.StorageProblem;
import dev.kansoku.settings.Stored;
import dev.kansoku.settings.WindowState;
import dev.kansoku.ui.archive.ArchiveActions;
import dev.kansoku.ui.archive.NativeArchiveFiles;
import dev.kansoku.ui.chat.ChatController;
import dev.kansoku.ui.chat.ChatViewModel;
import dev.kansoku.ui.chat.ConversationViewModel;
import dev.kansoku.ui.chat.SavingBannerController;
import dev.kansoku.ui.chat.SavingViewModel;
import dev.kansoku.ui.common.Appearance;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Dialogs;
import dev.kansoku.ui.common.Fonts;
import dev.kansoku.ui.common.FxmlView;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.UiThread;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.conversations.ConversationsController;
import dev.kansoku.ui.conversations.ConversationsViewModel;
import dev.kansoku.ui.models.CloudConsent;
import dev.kansoku.ui.models.ModelsController;
import dev.kansoku.ui.models.ModelsViewModel;
import dev.kansoku.ui.models.StripController;
import dev.kansoku.ui.panel.PanelController;
import dev.kansoku.ui.panel.PanelPlacement;
import dev.kansoku.ui.panel.PanelViewModel;
import dev.kansoku.ui.search.SearchController;
import dev.kansoku.ui.search.SearchViewModel;
import dev.kansoku.ui.settings.SettingsController;
import dev.kansoku.ui.settings.SettingsViewModel;
import dev.kansoku.ui.telemetry.TelemetryLineController;
import dev.kansoku.ui.telemetry.TelemetryMarkController;
import dev.kansoku.ui.telemetry.TelemetryViewModel;
import dev.kansoku.ui.telemetry.TelemetryWindow;
import dev.kansoku.ui.welcome.DemoBannerController;
import dev.kansoku.ui.welcome.EngineViewModel;
import dev.kansoku.ui.welcome.WelcomeController;
import java.io.File;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.event.ActionEvent;
import javafx.geometry.Rectangle2D;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.stage.FileChooser;
import javafx.stage.Modality;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.jspecify.annotations.Nullable;

/** The main window. Its views are built anew when the language changes; the view models stay. */
public final class MainWindow {

    private static final KeyCombination NEW_CHAT = new KeyCodeCombination(KeyCode.N, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination FIND = new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN);
    private static final List<Integer> ICON_SIZES = List.of(16, 32, 48, 64, 128, 256);
    private static final double LEAST_WIDTH = 800;
    private static final double LEAST_HEIGHT = 480;

    private final Stage stage;
    private final ChatViewModel chat;
    private final ConversationsViewModel conversations;
    private final SearchViewModel search;
    private final ModelsViewModel models;
    private final EngineViewModel engine;
    private final PanelViewModel panel;
    private final PanelPlacement placement;
    private final PanelWindow panelWindow;
    private final TelemetryViewModel telemetry;
    private final TelemetryWindow telemetryWindow;
    private final ReadOnlyBooleanWrapper panelLookedAt = new ReadOnlyBooleanWrapper();
    private final Stored<Settings> settings;
    private final Stored<WindowState> state;
    private final Supplier<ServerAddress> address;
    private final BiConsumer<Turn, Drawing> drawn;
    private final Consumer<String> openPage;
    private final SavingViewModel saving;
    private final Runnable deleteAll;
    private final Appearance appearance = new Appearance();
    private final Dialogs dialogs;
    private final ArchiveActions archive;
    private final List<Controller> controllers = new ArrayList<>();
    private Words words;
    private @Nullable MainController main;
    private @Nullable PanelController panelController;
    private @Nullable TelemetryLineController telemetryLine;
    private @Nullable ConversationsController listController;
    private @Nullable ChatController chatController;
    private @Nullable SearchController searchController;

    /**
     * @param address the address in force and who said so
     * @param drawn is told when the last text of a turn was drawn
     * @param openPage opens a page in the user's browser
     * @param deleteAll begins to delete everything; {@link #deletedAll} tells the end
     */
    public MainWindow(
            Stage stage,
            ChatViewModel chat,
            ConversationsViewModel conversations,
            SearchViewModel search,
            ModelsViewModel models,
            EngineViewModel engine,
            PanelViewModel panel,
            TelemetryViewModel telemetry,
            History history,
            Stored<Settings> settings,
            Stored<WindowState> state,
            Supplier<ServerAddress> address,
            BiConsumer<Turn, Drawing> drawn,
            Consumer<String> openPage,
            SavingViewModel saving,
            Runnable deleteAll) {
        this.stage = stage;
        this.chat = chat;
        this.conversations = conversations;
        this.search = search;
        this.models = models;
        this.engine = engine;
        this.panel = panel;
        this.telemetry = telemetry;
        this.settings = settings;
        this.state = state;
        this.address = address;
        this.drawn = drawn;
        this.openPage = openPage;
        this.saving = saving;
        this.deleteAll = deleteAll;
        words = new Words(locale(settings.get().language()));
        dialogs = new WindowDialogs(stage, appearance, () -> words);
        archive = new ArchiveActions(
                history, () -> words, dialogs, new NativeArchiveFiles(stage, () -> words), InstantSource.system());
        archive.onImported(conversations::reload);
        appearance.choose(settings.get().theme());
        WindowState left = state.get();
        placement = new PanelPlacement(left.panelShown(), left.panelApart(), left.panelOnTop());
        panelWindow = new PanelWindow(appearance, placement, icons(), left.panelBounds());
        telemetryWindow = new TelemetryWindow(telemetry, appearance, stage, icons(), words);
        settings.subscribe(changed -> UiThread.run(() -> follow(changed)));
    }

    public void show() {
        var scene = new Scene(build());
        appearance.dress(scene);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        scene.addEventFilter(ActionEvent.ACTION, this::used);
        stage.setScene(scene);
        stage.getIcons().setAll(icons());
        chat.openProperty().subscribe(this::showInPanel);
        chat.onBranch(() -> showInPanel(chat.open()));
        chat.openProperty().flatMap(ConversationViewModel::titleProperty).subscribe(this::title);
        place();
        stage.setOnCloseRequest(this::closeRequested);
        stage.setOnHiding(e -> {
            remember();
            panelWindow.hide();
            telemetryWindow.close();
            archive.close();
        });
        stage.show();
        if (!placement.isDocked()) {
            placePanel();
        }
        placement.shownProperty().subscribe((before, shown) -> placePanel());
        placement.apartProperty().subscribe((before, apart) -> placePanel());
        stage.iconifiedProperty().subscribe(iconified -> lookAtPanel());
        panelWindow.iconifiedProperty().subscribe(iconified -> lookAtPanel());
        tellOfMissingFont();
        telemetryWindow.askWhenNeeded();
    }

    /** Out of the taskbar and before the windows of other programs. */
    public void bringToFront() {
        stage.setIconified(false);
        stage.toFront();
        stage.requestFocus();
    }

    private void showInPanel(ConversationViewModel open) {
        panel.open(open.conversation(), open.lastMeasurement().orElse(null));
    }

    /** Tells of a fault of the program itself. */
    public void tell(Fault fault) {
        // Never at once: a fault may come in the middle of a pulse, when no dialog can be opened.
        UiThread.later(() -> dialogs.tell(
                words.get("fault.title"),
                fault.file() == null
                        ? words.get("fault.text", fault.code())
                        : words.get("fault.textWithFile", fault.code(), fault.file())));
    }

    public void tell(StorageProblem problem) {
        String text = switch (problem) {
            case StorageProblem.Damaged damaged -> words.get("storage.damaged", damaged.file(), damaged.setAside());
            case StorageProblem.Unreadable unreadable -> words.get("storage.unreadable", unreadable.file());
            case StorageProblem.NotSaved notSaved -> words.get("storage.notSaved", notSaved.file());
        };
        UiThread.later(() -> dialogs.tell(words.get("storage.title"), text));
    }

    /** The history was damaged. */
    public void tell(Recovery recovery) {
        String text = recovery.turns() == 0
                ? words.get("recovered.nothing", recovery.file(), recovery.setAside())
                : words.get(
                        "recovered.text",
                        recovery.file(),
                        recovery.setAside(),
                        recovery.conversations(),
                        recovery.turns());
        UiThread.later(() -> dialogs.tell(words.get("recovered.title"), text));
    }

    /** An address from outside the window that is none. */
    public void tellUnusable(ServerAddress address) {
        String text = words.get("address.unusable." + Keys.of(address.source()), address.text(), models.address());
        UiThread.later(() -> dialogs.tell(words.get("address.title"), text));
    }

    /** Opens the settings with the address ready to be changed. */
    void openSettings() {
        var dialog = new Stage();
        dialog.initOwner(stage);
        dialog.initModality(Modality.WINDOW_MODAL);
        dialog.setTitle(words.get("settings.title"));
        dialog.setResizable(false);
        var controller = new SettingsController(
                new SettingsViewModel(settings, address.get()),
                words,
                archive,
                telemetryWindow::open,
                () -> askToDeleteAll(dialog),
                dialog::close);
        Parent root = FxmlView.SETTINGS.load(words, controller);
        Fonts.apply(root, words.locale());
        var scene = new Scene(root);
        appearance.dress(scene);
        dialog.setScene(scene);
        dialog.setOnShown(e -> controller.focusAddress());
        dialog.setOnHidden(e -> controller.dispose());
        dialog.show();
    }

    private void askToDeleteAll(Stage over) {
        var asking = new WindowDialogs(over, appearance, () -> words);
        if (asking.confirm(words.get("deleteAll.title"), words.get("deleteAll.text"), words.get("deleteAll.agree"))) {
            over.close();
            deleteAll.run();
        }
    }

    /** Shows that there is nothing any more; on any thread. */
    public void deletedAll(boolean whole) {
        UiThread.later(() -> {
            search.clear();
            chat.forget();
            conversations.forget();
            panel.forget();
            dialogs.tell(words.get("deleteAll.done"), words.get(whole ? "deleteAll.doneText" : "deleteAll.notWhole"));
        });
    }

    private Parent build() {
        controllers.forEach(Controller::dispose);
        controllers.clear();
        var consent = new CloudConsent(models, dialogs, words);
        var newChat = new ChatController(chat, models, consent, settings, words, drawn, this::openSettings);
        var welcome = new WelcomeController(engine, models, words, newChat::ask, openPage, this::openSettings);
        var banner = new DemoBannerController(engine, words, this::newChat, this::openSettings);
        var saved = new SavingBannerController(saving, words);
        var list = new ConversationsController(
                conversations, words, dialogs, archive::exportSelected, newChat::focusPrompt);
        var newSearch = new SearchController(search, chat, models, words, newChat::focusPrompt);
        var choice = new ModelsController(models, words, consent, newChat::focusPrompt);
        var strip = new StripController(models, words, this::openSettings);
        var mark = new TelemetryMarkController(
                telemetry.stateProperty(), telemetry.statusProperty(), words, telemetryWindow::open);
        Parent chatView = FxmlView.CHAT.load(words, newChat);
        newChat.setWelcome(FxmlView.WELCOME.load(words, welcome));
        Parent sidebar = FxmlView.SEARCH.load(words, newSearch);
        newSearch.setConversations(FxmlView.CONVERSATIONS.load(words, list));
        var newMain = new MainController(
                state,
                sidebar,
                FxmlView.MODELS.load(words, choice),
                FxmlView.TELEMETRY_MARK.load(words, mark),
                FxmlView.SAVING.load(words, saved),
                FxmlView.DEMO.load(words, banner),
                FxmlView.STRIP.load(words, strip),
                chatView,
                placement,
                this::openSettings);
        controllers.addAll(List.of(newChat, welcome, banner, saved, newSearch, list, choice, strip, mark, newMain));
        chatController = newChat;
        listController = list;
        searchController = newSearch;
        main = newMain;
        Parent root = FxmlView.MAIN.load(words, newMain);
        Fonts.apply(root, words.locale());
        placePanel();
        return root;
    }

    /** Made anew for each place: JavaFX cannot take a view with its styles from one window to another. */
    private void placePanel() {
        MainController place = main;
        if (place == null) {
            return;
        }
        if (panelController != null) {
            panelController.dispose();
            panelController = null;
            place.undockPanel();
            panelWindow.hide();
        }
        if (telemetryLine != null) {
            telemetryLine.dispose();
            telemetryLine = null;
        }
        if (placement.shownProperty().get() && (stage.isShowing() || placement.isDocked())) {
            telemetryLine = new TelemetryLineController(
                    telemetry.stateProperty(), telemetry.statusProperty(), words, telemetryWindow::open);
            Parent line = FxmlView.TELEMETRY_LINE.load(words, telemetryLine);
            panelController = new PanelController(panel, placement, line, words, MainWindow::pickFile, dialogs);
            var view = (Region) FxmlView.PANEL.load(words, panelController);
            if (placement.isDocked()) {
                place.dockPanel(view);
            } else {
                panelWindow.show(view, words);
            }
        }
        lookAtPanel();
    }

    private void lookAtPanel() {
        boolean iconified = placement.apartProperty().get()
                ? panelWindow.iconifiedProperty().get()
                : stage.isIconified();
        panelLookedAt.set(placement.shownProperty().get() && !iconified);
    }

    /** Whether anybody can see the live panel. */
    public ReadOnlyBooleanProperty panelLookedAtProperty() {
        return panelLookedAt.getReadOnlyProperty();
    }

    private void follow(Settings changed) {
        appearance.choose(changed.theme());
        Locale locale = locale(changed.language());
        if (!locale.equals(words.locale())) {
            remember();
            words = new Words(locale);
            stage.getScene().setRoot(build());
            telemetryWindow.retell(words);
            title(chat.open().titleProperty().get());
            tellOfMissingFont();
        }
    }

    private void tellOfMissingFont() {
        if (words.locale().getLanguage().equals(Locale.JAPANESE.getLanguage()) && !Fonts.canShowJapanese()) {
            UiThread.later(() -> dialogs.tell(words.get("fonts.title"), words.get("fonts.text")));
        }
    }

    private static Locale locale(Language language) {
        return switch (language) {
            case SYSTEM -> Locale.getDefault();
            case ENGLISH -> Locale.ENGLISH;
            case JAPANESE -> Locale.JAPANESE;
        };
    }

    private static List<Image> icons() {
        return ICON_SIZES.stream()
                .map(size -> MainWindow.class.getResource("/icons/kansoku-" + size + ".png"))
                .map(icon -> new Image(Objects.requireNonNull(icon).toExternalForm()))
                .toList();
    }

    private void title(String conversation) {
        stage.setTitle(conversation.isEmpty() ? words.get("app.name") : words.get("app.title", conversation));
    }

    private static Optional<Path> pickFile(Window window, String suggestedName) {
        var chooser = new FileChooser();
        chooser.setInitialFileName(suggestedName);
        return Optional.ofNullable(chooser.showSaveDialog(window)).map(File::toPath);
    }

    private void newChat() {
        chat.newConversation();
        if (chatController != null) {
            chatController.focusPrompt();
        }
    }

    private void find() {
        if (main != null && searchController != null) {
            main.showConversations();
            searchController.focus();
        }
    }

    /** What has no name in the FXML may be named after something that nobody should hear of. */
    private void used(ActionEvent e) {
        if (e.getTarget() instanceof ButtonBase button && button.getId() != null) {
            telemetry.clicked(button.getId());
        }
    }

    private void key(KeyEvent e) {
        if (NEW_CHAT.match(e)) {
            newChat();
            e.consume();
        } else if (FIND.match(e)) {
            find();
            e.consume();
        } else if (searchController != null && searchController.isFocused()) {
            if (searchController.handle(e)) {
                e.consume();
            }
        } else if ((listController != null && listController.handle(e))
                || (chatController != null && chatController.handle(e))) {
            e.consume();
        }
    }

    /** As it was left, if that is still on a screen. */
    private void place() {
        WindowState left = state.get();
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setWidth(left.width());
        stage.setHeight(left.height());
        if (left.x() != null
                && left.y() != null
                && !Screen.getScreensForRectangle(new Rectangle2D(left.x(), left.y(), left.width(), left.height()))
                        .isEmpty()) {
            stage.setX(left.x());
            stage.setY(left.y());
        }
        stage.setMaximized(left.maximized());
    }

    private void remember() {
        MainController shown = main;
        if (shown == null) {
            return;
        }
        boolean maximized = stage.isMaximized();
        state.update(before -> new WindowState(
                maximized ? before.width() : stage.getWidth(),
                maximized ? before.height() : stage.getHeight(),
                maximized ? before.x() : Double.valueOf(stage.getX()),
                maximized ? before.y() : Double.valueOf(stage.getY()),
                maximized,
                shown.panelWidth(),
                placement.shownProperty().get(),
                placement.apartProperty().get(),
                placement.onTopProperty().get(),
                panelWindow.bounds(),
                shown.isConversationsWanted(),
                before.model()));
    }

    private void closeRequested(WindowEvent e) {
        if (chat.isBusy()
                && !dialogs.confirm(words.get("quit.title"), words.get("quit.text"), words.get("quit.agree"))) {
            e.consume();
        }
    }
}
