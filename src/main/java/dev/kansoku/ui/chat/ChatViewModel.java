package dev.kansoku.ui.chat;

import dev.kansoku.chat.Attachment;
import dev.kansoku.chat.ChatService;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.history.OpenedConversation;
import dev.kansoku.history.SearchHit;
import dev.kansoku.measure.Phase;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.ModelOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;
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

    /** What a conversation that is not open is doing. */
    public enum Activity {
        RUNNING,
        /** Its answer came while another one was open. */
        DONE
    }

    private final ChatService service;
    private final Kept kept;
    private final ReadOnlyObjectWrapper<ConversationViewModel> open = new ReadOnlyObjectWrapper<>();

    /** Those that are open, busy, or hold what is on no disk: all others can be read again. */
    private final Map<UUID, ConversationViewModel> inMemory = new HashMap<>();

    private final ObservableMap<UUID, Activity> activities = FXCollections.observableHashMap();
    private final List<Consumer<TurnEvent>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Turn>> sentListeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> branchListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Row>> revealListeners = new CopyOnWriteArrayList<>();
    private final ReadOnlyObjectWrapper<@Nullable Highlight> highlight = new ReadOnlyObjectWrapper<>();
    private @Nullable UUID opening;

    /** Where conversations are that are not in memory. */
    public interface Kept {

        /**
         * Reads it in the background, if there is one, and tells on the FX thread.
         *
         * @param end hears of its end, and says whether that is shown; if not, nothing more is read
         * @param whole hears when the rest is there
         */
        void read(
                UUID id,
                Function<OpenedConversation, ConversationViewModel> made,
                Predicate<ConversationViewModel> end,
                Consumer<ConversationViewModel> whole);

        /** Whether what was said is on the disk, so that it need not stay in memory. */
        boolean isSaving();
    }

    public ChatViewModel(ChatService service, Kept kept) {
        this.service = service;
        this.kept = kept;
        newConversation();
    }

    public ReadOnlyObjectProperty<ConversationViewModel> openProperty() {
        return open.getReadOnlyProperty();
    }

    public ConversationViewModel open() {
        return open.get();
    }

    /** By conversation; those that do nothing are not in it. */
    public ObservableMap<UUID, Activity> activities() {
        return FXCollections.unmodifiableObservableMap(activities);
    }

    /** Opens an empty conversation: the open one if nothing was said in it yet. */
    public void newConversation() {
        opening = null;
        for (ConversationViewModel known : inMemory.values()) {
            if (known.conversation().turns().isEmpty()) {
                show(known);
                return;
            }
        }
        show(new ConversationViewModel(service.newConversation()));
    }

    /** The same for those who need not know when. */
    public void open(UUID id) {
        open(id, shown -> {});
    }

    /**
     * Opens a conversation, now or as soon as it is read.
     *
     * @param then is called when it is open
     */
    public void open(UUID id, Consumer<ConversationViewModel> then) {
        opening = id;
        ConversationViewModel known = inMemory.get(id);
        if (known != null) {
            show(known);
            then.accept(known);
            return;
        }
        kept.read(id, ConversationViewModel::new, read -> id.equals(opening) && isShown(read, then), this::isWhole);
    }

    /** It may have been asked for twice, and something said in it meanwhile: then that one is shown. */
    private boolean isShown(ConversationViewModel read, Consumer<ConversationViewModel> then) {
        ConversationViewModel shown = inMemory.getOrDefault(read.conversation().id(), read);
        show(shown);
        then.accept(shown);
        return shown.equals(read);
    }

    private void isWhole(ConversationViewModel read) {
        if (read.equals(open())) {
            branchListeners.forEach(Runnable::run);
        }
    }

    /**
     * Opens the conversation in which something was found. In a text, all of that is marked, and the first of it brought
     * into sight; the branch that it is in is chosen.
     *
     * @param query what was searched for
     */
    public void open(SearchHit hit, String query) {
        open(
                hit.conversation().id(),
                shown -> shown.conversation().turns().stream()
                        .filter(turn -> turn.requestId().equals(hit.turn()))
                        .findFirst()
                        .ifPresent(turn -> reveal(shown, turn, hit.kind(), new Highlight(query))));
    }

    private void reveal(ConversationViewModel in, Turn turn, SearchHit.Kind kind, Highlight found) {
        if (!in.conversation().path().contains(turn)) {
            choose(turn);
        }
        highlight.set(found);
        in.find(turn, kind, found).ifPresent(row -> revealListeners.forEach(listener -> listener.accept(row)));
    }

    /** Is called with a row that is to be brought into sight. */
    public Subscription onReveal(Consumer<Row> listener) {
        revealListeners.add(listener);
        return () -> revealListeners.remove(listener);
    }

    /** What is to be marked in the open conversation. */
    public ReadOnlyObjectProperty<@Nullable Highlight> highlightProperty() {
        return highlight.getReadOnlyProperty();
    }

    public void endHighlight() {
        highlight.set(null);
    }

    private void show(ConversationViewModel conversation) {
        endHighlight();
        UUID id = conversation.conversation().id();
        inMemory.put(id, conversation);
        activities.remove(id, Activity.DONE);
        open.set(conversation);
        letGo();
    }

    /** Says what a conversation is called from now on. */
    public void renamed(UUID id, String title) {
        ConversationViewModel known = inMemory.get(id);
        if (known != null) {
            known.rename(title);
        }
    }

    /** Lets a conversation go that was deleted. */
    public void closed(UUID id) {
        if (id.equals(opening)) {
            opening = null;
        }
        ConversationViewModel known = inMemory.get(id);
        if (known == null) {
            return;
        }
        // The last first: what waits must not start when what runs is stopped.
        boolean unqueued = false;
        for (Turn turn : known.conversation().turns().reversed()) {
            if (service.unqueue(turn)) {
                unqueued = true;
            } else {
                service.stop(turn);
            }
        }
        if (unqueued) {
            known.showPath();
        }
        if (known.equals(open())) {
            newConversation();
        }
    }

    /** Everything was deleted: begins with an empty conversation. */
    public void forget() {
        opening = null;
        inMemory.clear();
        activities.clear();
        show(new ConversationViewModel(service.newConversation()));
    }

    private void letGo() {
        if (kept.isSaving()) {
            inMemory.values()
                    .removeIf(
                            known -> known.isIdle() && !known.equals(open()) && !service.isBusy(known.conversation()));
        }
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
        Turn editing = to.editingProperty().get();
        to.draftProperty().set("");
        to.attachments().clear();
        to.endEdit();
        if (editing == null) {
            send(to, model, prompt);
        } else {
            sent(service.edit(editing, model, prompt));
        }
    }

    /** Sends a prompt; what was typed and attached stays. */
    public void ask(String model, String prompt) {
        send(open(), model, Prompt.of(prompt));
    }

    private void send(ConversationViewModel to, String model, Prompt prompt) {
        sent(service.send(to.conversation(), model, ModelOptions.DEFAULTS, prompt));
    }

    private void sent(Turn turn) {
        owner(turn).ifPresent(owner -> owner.sent(turn));
        branchListeners.forEach(Runnable::run);
        sentListeners.forEach(listener -> listener.accept(turn));
    }

    /** Is called for every turn that is sent. */
    public void onSent(Consumer<Turn> listener) {
        sentListeners.add(listener);
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

    /** Sends the prompt of a turn once more, as another branch. */
    public void again(Turn turn, String model) {
        sent(service.again(turn, model));
    }

    /** Lets the model of a turn go on from where its answer ended, as another branch. */
    public void goOn(Turn turn) {
        sent(service.goOn(turn));
    }

    /** Lets the user write the prompt of a turn anew; it is sent as another branch. */
    public void edit(Turn turn) {
        owner(turn).ifPresent(owner -> owner.edit(turn));
    }

    public void endEdit() {
        open().endEdit();
    }

    /** Shows the branch with this turn. */
    public void choose(Turn turn) {
        service.choose(turn);
        showPath(turn);
    }

    /** Takes a prompt back that waits; another branch may come into sight. */
    public void unqueue(Turn turn) {
        if (service.unqueue(turn)) {
            showPath(turn);
        }
    }

    private void showPath(Turn turn) {
        owner(turn).ifPresent(ConversationViewModel::showPath);
        branchListeners.forEach(Runnable::run);
    }

    /** Is called when another branch of a conversation may have come into sight. */
    public void onBranch(Runnable listener) {
        branchListeners.add(listener);
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
        UUID id = event.turn().conversation().id();
        if (event instanceof TurnEvent.Started) {
            activities.put(id, Activity.RUNNING);
        } else if (event instanceof TurnEvent.Ended) {
            if (open().conversation().id().equals(id)) {
                activities.remove(id);
            } else {
                activities.put(id, Activity.DONE);
            }
        }
        owner(event.turn()).ifPresent(owner -> owner.on(event));
        listeners.forEach(listener -> listener.accept(event));
    }

    /**
     * A turn has come into another phase.
     *
     * @param typicalLoad how long the turn's model usually takes to be loaded; {@code null} if that is not known
     */
    public void phase(Turn turn, Phase phase, @Nullable Duration typicalLoad) {
        owner(turn).ifPresent(owner -> owner.phase(turn, phase, typicalLoad));
    }

    public void measured(TurnMeasurement measurement) {
        owner(measurement.turn()).ifPresent(owner -> owner.measured(measurement));
        letGo();
    }

    private Optional<ConversationViewModel> owner(Turn turn) {
        return Optional.ofNullable(inMemory.get(turn.conversation().id()));
    }
}
