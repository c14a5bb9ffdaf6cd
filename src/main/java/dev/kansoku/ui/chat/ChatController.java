package dev.kansoku.ui.chat;

import dev.kansoku.chat.Attachment;
import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.measure.ContextUse;
import dev.kansoku.measure.Drawing;
import dev.kansoku.measure.Truncation;
import dev.kansoku.settings.Settings;
import dev.kansoku.settings.Stored;
import dev.kansoku.ui.common.ContextWords;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.CopiedText;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Icons;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.UiThread;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.models.CloudConsent;
import dev.kansoku.ui.models.LoadViewModel;
import dev.kansoku.ui.models.ModelChoice;
import dev.kansoku.ui.models.ModelsViewModel;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** The open conversation and the field below it. */
public final class ChatController extends Controller implements ChatContext {

    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");
    private static final Duration HINT_TIME = Duration.seconds(4);
    private static final java.time.Duration TICK = java.time.Duration.ofMillis(200);

    private final ChatViewModel chat;
    private final ModelsViewModel models;
    private final CloudConsent consent;
    private final Stored<Settings> settings;
    private final Words words;
    private final Figures figures;
    private final BiConsumer<Turn, Drawing> drawn;
    private final Runnable otherAddress;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyLongWrapper nowNanos = new ReadOnlyLongWrapper(System.nanoTime());
    private final PauseTransition hintEnd = new PauseTransition(HINT_TIME);
    private Subscription ticking = Subscription.EMPTY;
    private final GlassTimes glass = new GlassTimes();
    private Subscription ofConversation = Subscription.EMPTY;
    private final ObservableValue<Boolean> demo;
    private final BlockList list;

    @FXML
    private StackPane listHolder;

    @FXML
    private StackPane welcomeHolder;

    @FXML
    private Button jumpButton;

    @FXML
    private VBox composer;

    @FXML
    private HBox editing;

    @FXML
    private FlowPane attachments;

    @FXML
    private PromptField prompt;

    @FXML
    private Button sendButton;

    @FXML
    private Button stopButton;

    @FXML
    private Label hint;

    @FXML
    private Label gauge;

    @FXML
    private Label contextNote;

    /**
     * @param drawn is told when the last text of a turn was drawn
     * @param otherAddress lets the user enter another address
     */
    public ChatController(
            ChatViewModel chat,
            ModelsViewModel models,
            CloudConsent consent,
            Stored<Settings> settings,
            Words words,
            BiConsumer<Turn, Drawing> drawn,
            Runnable otherAddress) {
        this.chat = chat;
        this.models = models;
        this.consent = consent;
        this.settings = settings;
        this.words = words;
        this.figures = new Figures(words);
        this.drawn = drawn;
        this.otherAddress = otherAddress;
        demo = models.snapshotProperty().map(ModelSnapshot::demo);
        list = new BlockList(this);
    }

    @FXML
    private void initialize() {
        prompt.onSend(this::send);
        prompt.onAttach(chat::attach);
        prompt.onFull(() -> hint("prompt.full"));
        prompt.setSendKey(settings.get().sendKey());
        Runnable unsubscribe = settings.subscribe(changed -> UiThread.run(() -> {
            prompt.setSendKey(changed.sendKey());
            hideHint();
        }));
        own(unsubscribe::run);
        hintEnd.setOnFinished(e -> hideHint());
        listHolder.getChildren().setAll(list);
        own(list.followingProperty().subscribe(following -> jumpButton.setVisible(!following)));
        own(chat.openProperty().subscribe(this::open));
        own(chat.onShown(this::shown));
        own(chat.onReveal(list::reveal));
        own(() -> {
            ofConversation.unsubscribe();
            list.dispose();
            ticking.unsubscribe();
            hintEnd.stop();
        });
        listHolder.sceneProperty().subscribe(scene -> {
            if (scene != null) {
                focusPrompt();
            }
        });
    }

    /** What stands here as long as nothing was said. */
    public void setWelcome(Node welcome) {
        welcomeHolder.getChildren().setAll(welcome);
    }

    /** Sends a prompt that the program suggested; what is being typed stays. */
    public void ask(String prompt) {
        String model = models.chosenProperty().get();
        if (consent.isGiven(model)) {
            chat.ask(model, prompt);
        }
        focusPrompt();
    }

    public void focusPrompt() {
        UiThread.later(prompt::requestFocus);
    }

    /**
     * Whether the key has been used: Esc stops the running turn, or gives up a prompt that is written anew, and copies go
     * to what is selected in the chat.
     */
    public boolean handle(KeyEvent e) {
        if (e.getCode() == KeyCode.ESCAPE && !prompt.isComposing()) {
            if (busy.get()) {
                chat.stop();
                return true;
            }
            if (editing.isVisible()) {
                endEdit();
                return true;
            }
        }
        boolean copies = e.getCode() == KeyCode.C && e.isShortcutDown();
        return copies && prompt.getSelectedText().isEmpty() && list.copySelection();
    }

    private void open(ConversationViewModel conversation) {
        ofConversation.unsubscribe();
        prompt.textProperty().bindBidirectional(conversation.draftProperty());
        ListChangeListener<Attachment> chips = change -> showAttachments(conversation);
        conversation.attachments().addListener(chips);
        showAttachments(conversation);
        ofConversation = conversation
                .runningProperty()
                .subscribe(this::running)
                .and(conversation.grownProperty().subscribe(grown -> list.grown()))
                .and(conversation.contextProperty().subscribe(use -> showContext(conversation)))
                .and(conversation.truncationProperty().subscribe(cut -> showContext(conversation)))
                .and(conversation.draftProperty().subscribe(draft -> showButtons(conversation)))
                .and(conversation.editingProperty().subscribe(turn -> Shown.set(editing, turn != null)))
                .and(conversation.emptyProperty().subscribe(empty -> {
                    welcomeHolder.setVisible(empty);
                    list.setVisible(!empty);
                }))
                .and(() -> {
                    prompt.textProperty().unbindBidirectional(conversation.draftProperty());
                    conversation.attachments().removeListener(chips);
                });
        list.show(conversation.rows());
        hideHint();
    }

    private void running(@Nullable Turn turn) {
        busy.set(turn != null);
        ticking.unsubscribe();
        ticking = Subscription.EMPTY;
        if (turn != null) {
            nowNanos.set(System.nanoTime());
            ticking = UiThread.every(TICK, () -> nowNanos.set(System.nanoTime()));
        }
        showButtons(chat.open());
    }

    private void showButtons(ConversationViewModel conversation) {
        boolean runs = conversation.runningProperty().get() != null;
        boolean hasDraft = !conversation.draftProperty().get().isBlank()
                || !conversation.attachments().isEmpty();
        Shown.set(stopButton, runs);
        Shown.set(sendButton, !runs || hasDraft);
        if (hasDraft) {
            hideHint();
        }
        showContext(conversation);
    }

    private void showContext(ConversationViewModel conversation) {
        ContextUse use = conversation.contextProperty().get();
        Truncation cut = conversation.truncationProperty().get();
        gauge.setText(use == null ? "" : ContextWords.gauge(words, figures, use));
        String note = "";
        if (cut != null) {
            note = ContextWords.alarm(words, figures, cut);
        } else if (use != null
                && conversation.wouldNotFit(models.chosenProperty().get())) {
            note = ContextWords.warning(words, figures, use);
        }
        contextNote.setText(note);
        Shown.set(contextNote, !note.isEmpty());
    }

    private void showAttachments(ConversationViewModel conversation) {
        attachments
                .getChildren()
                .setAll(conversation.attachments().stream()
                        .map(attachment -> chip(conversation, attachment))
                        .toList());
        Shown.set(attachments, !conversation.attachments().isEmpty());
        showButtons(conversation);
    }

    private Node chip(ConversationViewModel conversation, Attachment attachment) {
        var label = new AttachmentLabel(this, attachment);
        Button remove = Icons.button("fth-x", words.get("prompt.removeAttachment"));
        remove.setOnAction(e -> {
            conversation.attachments().remove(attachment);
            focusPrompt();
        });
        var chip = new HBox(label, remove);
        chip.getStyleClass().add("attachment");
        chip.setAlignment(Pos.CENTER_LEFT);
        return chip;
    }

    @FXML
    private void send() {
        String model = models.chosenProperty().get();
        if (chat.isNothingToSend()) {
            hint("prompt.empty");
        } else if (consent.isGiven(model)) {
            chat.send(model);
            hideHint();
            list.jumpToEnd();
        }
        focusPrompt();
    }

    @FXML
    private void stop() {
        chat.stop();
        focusPrompt();
    }

    @FXML
    private void jumpToEnd() {
        list.jumpToEnd();
        focusPrompt();
    }

    private void hint(String key) {
        hint.setText(words.get(key));
        composer.pseudoClassStateChanged(REFUSED, true);
        hintEnd.playFromStart();
    }

    private void hideHint() {
        hint.setText(words.get(
                switch (settings.get().sendKey()) {
                    case ENTER -> "prompt.hint.enter";
                    case CTRL_ENTER -> "prompt.hint.ctrlEnter";
                }));
        composer.pseudoClassStateChanged(REFUSED, false);
    }

    /** What the event told is in the rows: the pulse that lays it out is the one that draws it. */
    private void shown(TurnEvent event) {
        Scene scene = listHolder.getScene();
        if (scene == null || chat.open().conversation() != event.turn().conversation()) {
            if (event instanceof TurnEvent.Ended) {
                glass.end(event.turn());
            }
            return;
        }
        switch (event) {
            case TurnEvent.Chunk chunk -> {
                glass.shown(chunk);
                afterLayout(scene, () -> glass.drawn(System.nanoTime()));
            }
            case TurnEvent.Ended ended ->
                afterLayout(
                        scene,
                        () -> drawn.accept(ended.turn(), new Drawing(System.nanoTime(), glass.end(ended.turn()))));
            default -> {}
        }
    }

    private static void afterLayout(Scene scene, Runnable action) {
        scene.addPostLayoutPulseListener(new Runnable() {
            @Override
            public void run() {
                action.run();
                scene.removePostLayoutPulseListener(this);
            }
        });
        Platform.requestNextPulse();
    }

    @Override
    public Words words() {
        return words;
    }

    @Override
    public Figures figures() {
        return figures;
    }

    @Override
    public Selection selection() {
        return chat.open().selection();
    }

    @Override
    public ReadOnlyObjectProperty<@Nullable Highlight> highlight() {
        return chat.highlightProperty();
    }

    @Override
    public ReadOnlyLongProperty nowNanos() {
        return nowNanos.getReadOnlyProperty();
    }

    @Override
    public void copy(String text) {
        CopiedText.set(text);
    }

    @Override
    public void grown() {
        list.grown();
    }

    @Override
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    @Override
    public List<ModelChoice> installedModels() {
        return models.choices().stream()
                .filter(choice -> choice.installed() != null)
                .toList();
    }

    @Override
    public ObservableValue<Boolean> demo() {
        return demo;
    }

    @Override
    public void again(Turn turn, String model) {
        if (consent.isGiven(model)) {
            chat.again(turn, model);
            jumpToEnd();
        }
    }

    @Override
    public void goOn(Turn turn) {
        if (consent.isGiven(turn.model())) {
            chat.goOn(turn);
            jumpToEnd();
        }
    }

    @Override
    public void edit(Turn turn) {
        chat.edit(turn);
        prompt.end();
        focusPrompt();
    }

    @FXML
    private void endEdit() {
        chat.endEdit();
        focusPrompt();
    }

    @Override
    public void choose(Turn inSight, Turn other) {
        list.exchange(inSight, other, () -> chat.choose(other));
    }

    @Override
    public void unqueue(Turn turn) {
        chat.unqueue(turn);
    }

    @Override
    public void keepLoaded(Turn turn) {
        models.load().run(LoadViewModel.Action.KEEP, turn.model());
    }

    @Override
    public void remedy(Turn turn, Remedy remedy) {
        switch (remedy) {
            case RETRY -> again(turn, models.chosenProperty().get());
            case PULL -> models.pull().pull(turn.model());
            case OTHER_ADDRESS -> otherAddress.run();
        }
    }
}
