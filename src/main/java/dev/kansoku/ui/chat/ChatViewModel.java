package dev.kansoku.ui.chat;

import dev.kansoku.chat.Attachment;
import dev.kansoku.chat.ChatService;
import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.measure.Phase;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.ModelOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** The conversations and the one that is open. Lives on the FX thread; knows no controls and no words. */
public final class ChatViewModel {

    /**
     * Longer text than this, in UTF-16 units, never enters the prompt field but becomes an attachment: a {@code TextArea}
     * needs 0.6 s for every key from 100 kB on.
     */
    public static final int LONGEST_TYPED = 20_000;

    /** A pasted text of up to this length, in UTF-16 units, is not worth an attachment. */
    static final int SHORT = 1_000;

    private final ChatService service;
    private final ObservableList<ConversationViewModel> conversations = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<ConversationViewModel> open = new ReadOnlyObjectWrapper<>();
    private final Map<Conversation, ConversationViewModel> byConversation = new HashMap<>();
    private final List<Consumer<TurnEvent>> listeners = new CopyOnWriteArrayList<>();

    public ChatViewModel(ChatService service) {
        this.service = service;
        newConversation();
    }

    /** Newest first. */
    public ObservableList<ConversationViewModel> conversations() {
        return conversations;
    }

    public ReadOnlyObjectProperty<ConversationViewModel> openProperty() {
        return open.getReadOnlyProperty();
    }

    public ConversationViewModel open() {
        return open.get();
    }

    /** Opens an empty conversation: the open one if nothing was said in it yet. */
    public void newConversation() {
        for (ConversationViewModel known : conversations) {
            if (known.conversation().turns().isEmpty()) {
                open.set(known);
                return;
            }
        }
        var added = new ConversationViewModel(service.newConversation());
        byConversation.put(added.conversation(), added);
        conversations.addFirst(added);
        open.set(added);
    }

    public void open(ConversationViewModel conversation) {
        open.set(conversation);
    }

    public void attach(String text) {
        open().attachments().add(new Attachment(text));
    }

    public boolean isNothingToSend() {
        return draft().isBlank();
    }

    /** Sends what was typed and attached. */
    public void send(String model) {
        ConversationViewModel to = open();
        Prompt prompt = draft();
        to.draftProperty().set("");
        to.attachments().clear();
        send(to, model, prompt);
    }

    /** Sends a prompt; what was typed and attached stays. */
    public void ask(String model, String prompt) {
        send(open(), model, Prompt.of(prompt));
    }

    private void send(ConversationViewModel to, String model, Prompt prompt) {
        to.sent(service.send(to.conversation(), model, ModelOptions.DEFAULTS, prompt));
    }

    /** Without the empty lines around it; the first line keeps its indentation. */
    private Prompt draft() {
        String typed = open().draftProperty().get().stripTrailing().replaceFirst("^(\\h*\\R)+", "");
        return new Prompt(typed, open().attachments());
    }

    /** Stops the running turn of the open conversation, if there is one. */
    public void stop() {
        Turn running = open().runningProperty().get();
        if (running != null) {
            service.stop(running);
        }
    }

    /** Sends the prompt of a turn once more. */
    public void retry(Turn turn, String model) {
        ConversationViewModel owner = owner(turn);
        Turn again = service.retry(turn, model);
        owner.retried(turn);
        owner.sent(again);
    }

    public void unqueue(Turn turn) {
        if (service.unqueue(turn)) {
            owner(turn).unqueued(turn);
        }
    }

    public boolean isBusy() {
        return service.isBusy();
    }

    /** Is called when the rows of a turn hold what an event told. */
    public Subscription onShown(Consumer<TurnEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    public void on(TurnEvent event) {
        owner(event.turn()).on(event);
        listeners.forEach(listener -> listener.accept(event));
    }

    /**
     * A turn has come into another phase.
     *
     * @param typicalLoad how long the turn's model usually takes to be loaded; {@code null} if that is not known
     */
    public void phase(Turn turn, Phase phase, @Nullable Duration typicalLoad) {
        owner(turn).phase(turn, phase, typicalLoad);
    }

    public void measured(TurnMeasurement measurement) {
        owner(measurement.turn()).measured(measurement);
    }

    private ConversationViewModel owner(Turn turn) {
        return Objects.requireNonNull(byConversation.get(turn.conversation()), "a turn of no conversation");
    }
}
