package dev.kansoku.ui.chat;

import dev.kansoku.chat.Attachment;
import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.history.OpenedConversation;
import dev.kansoku.history.SearchHit;
import dev.kansoku.measure.ContextUse;
import dev.kansoku.measure.Phase;
import dev.kansoku.measure.TokenRatio;
import dev.kansoku.measure.Truncation;
import dev.kansoku.measure.TruncationCheck;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.ModelName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** One conversation as rows. Lives on the FX thread; knows no controls and no words. */
public final class ConversationViewModel {

    /** Where a turn's reply is being written. */
    private static final class Reply {
        private final BlockBuilder thinking;
        private final BlockBuilder answer;
        private int thinkingShown;
        private int answerShown;

        private Reply(BlockBuilder thinking, BlockBuilder answer) {
            this.thinking = thinking;
            this.answer = answer;
        }

        private void show(Turn turn, int thinkingLength, int answerLength) {
            if (thinkingLength > thinkingShown) {
                thinking.append(turn.thinking().read(thinkingShown, thinkingLength));
                thinkingShown = thinkingLength;
            }
            if (answerLength > answerShown) {
                answer.append(turn.answer().read(answerShown, answerLength));
                answerShown = answerLength;
            }
        }
    }

    private final Conversation conversation;
    private final ObservableList<Row> rows = FXCollections.observableArrayList();
    private final Selection selection = new Selection(rows);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable Turn> running = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyLongWrapper grown = new ReadOnlyLongWrapper();
    private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper(true);
    private final StringProperty draft = new SimpleStringProperty("");
    private final ObservableList<Attachment> attachments = FXCollections.observableArrayList();
    private final TokenRatio ratio = new TokenRatio();
    private final TruncationCheck truncationCheck = new TruncationCheck(ratio);
    private final ReadOnlyObjectWrapper<@Nullable ContextUse> context = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Truncation> truncation = new ReadOnlyObjectWrapper<>();
    private final Map<Turn, Row.Status> statuses = new HashMap<>();
    private final Map<Turn, Truncation> truncations = new HashMap<>();

    /** Only of turns that run and are in sight. */
    private final Map<Turn, Reply> replies = new HashMap<>();

    /** They have ended, but what they took is yet to be told. */
    private final Set<Turn> unmeasured = new HashSet<>();

    /** They had ended before this was made. */
    private final Set<Turn> restored;

    /** At the beginning of the path: their rows are not made yet. */
    private List<Turn> earlier = List.of();

    private double attachedTokens;

    private final Function<Turn, Optional<TurnMeasurement>> kept;
    private final ReadOnlyObjectWrapper<@Nullable Turn> editing = new ReadOnlyObjectWrapper<>();
    private @Nullable Prompt draftBefore;

    /** One in which nothing was said yet. */
    ConversationViewModel(Conversation conversation) {
        this(conversation, "", turn -> Optional.empty());
    }

    /**
     * One that was kept: the end of it, before which comes what {@link #earlier()} makes. Even that may take a moment, so
     * not for the FX thread.
     */
    ConversationViewModel(OpenedConversation opened) {
        this(opened.conversation(), opened.title(), opened::measurement);
        List<Turn> path = conversation.path();
        List<Turn> end = opened.end();
        earlier = path.subList(0, path.size() - end.size());
        end.forEach(turn -> add(rows, rows.size(), turn));
        empty.set(rows.isEmpty());
        lookAtContext();
    }

    private ConversationViewModel(
            Conversation conversation, String title, Function<Turn, Optional<TurnMeasurement>> kept) {
        this.conversation = conversation;
        restored = Set.copyOf(conversation.turns());
        this.title.set(title);
        this.kept = kept;
        // Not with every key: attachments are long.
        attachments.addListener((ListChangeListener<Attachment>) change -> attachedTokens = attachments.stream()
                .mapToDouble(attachment -> TokenRatio.usual(attachment.text()))
                .sum());
    }

    public Conversation conversation() {
        return conversation;
    }

    public ObservableList<Row> rows() {
        return rows;
    }

    public Selection selection() {
        return selection;
    }

    /** What the user called it, or the first prompt's first words; empty before there is one. */
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    public void rename(String name) {
        title.set(name);
    }

    /** The turn that runs, in sight or on another branch. */
    public ReadOnlyObjectProperty<@Nullable Turn> runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** Changes whenever something is added at the end. */
    public ReadOnlyLongProperty grownProperty() {
        return grown.getReadOnlyProperty();
    }

    /** Whether nothing has been said yet. */
    public ReadOnlyBooleanProperty emptyProperty() {
        return empty.getReadOnlyProperty();
    }

    /** How full the model's context window was after the last turn that the server told about. */
    public ReadOnlyObjectProperty<@Nullable ContextUse> contextProperty() {
        return context.getReadOnlyProperty();
    }

    /** What the last turn's model was not sent any more. */
    public ReadOnlyObjectProperty<@Nullable Truncation> truncationProperty() {
        return truncation.getReadOnlyProperty();
    }

    /** Whether what is being typed would leave no room for an answer. */
    public boolean wouldNotFit(String model) {
        ContextUse now = context.get();
        return now != null && now.wouldNotFit(ratio.tokens(model, TokenRatio.usual(draft.get()) + attachedTokens));
    }

    /** What is being typed. */
    public StringProperty draftProperty() {
        return draft;
    }

    /** What will go with the prompt that is being typed. */
    public ObservableList<Attachment> attachments() {
        return attachments;
    }

    /** The turn whose prompt is being written anew; {@code null} while a further one is written. */
    public ReadOnlyObjectProperty<@Nullable Turn> editingProperty() {
        return editing.getReadOnlyProperty();
    }

    /** Lets the user write the prompt of a turn anew; what was being typed comes back afterwards. */
    void edit(Turn turn) {
        if (editing.get() == null) {
            draftBefore = typed();
        }
        type(turn.prompt());
        editing.set(turn);
    }

    /** Gives up, or has sent, what was written anew. */
    void endEdit() {
        if (draftBefore != null) {
            type(draftBefore);
            draftBefore = null;
        }
        editing.set(null);
    }

    private Prompt typed() {
        return new Prompt(draft.get(), attachments);
    }

    private void type(Prompt prompt) {
        boolean tooLong = prompt.text().length() > ChatViewModel.LONGEST_TYPED;
        draft.set(tooLong ? "" : prompt.text());
        attachments.setAll(prompt.attachments());
        if (tooLong) {
            attachments.addFirst(new Attachment(prompt.text()));
        }
    }

    /** Whether it can be let go: nothing runs or waits in it, and nothing that was typed would be lost. */
    boolean isIdle() {
        return running.get() == null
                && unmeasured.isEmpty()
                && (rows.isEmpty() || !(rows.getLast() instanceof Row.Queued))
                && draft.get().isEmpty()
                && attachments.isEmpty()
                && editing.get() == null;
    }

    /** What the last turn in sight took of which that is known. */
    public Optional<TurnMeasurement> lastMeasurement() {
        return rows.reversed().stream()
                .filter(Row.Status.class::isInstance)
                .map(row -> ((Row.Status) row).measurement().get())
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** A turn was sent: it runs, or is shown in the queue until it does. */
    void sent(Turn turn) {
        if (title.get().isEmpty()) {
            title.set(turn.prompt().firstWords());
        }
        if (conversation.branches(turn).size() > 1) {
            showPath();
        } else if (turn.state() == Turn.State.QUEUED) {
            rows.add(new Row.Queued(turn));
        } else {
            begin(turn);
        }
        grow();
    }

    /** Rows that come before those that are shown. They are made in the background, and shown on the FX thread. */
    final class Earlier {
        private final List<Turn> turns = earlier;
        private final List<Row> made = new ArrayList<>();
        private final Map<Turn, Row.Status> of = new HashMap<>();

        private Earlier() {}

        void make() {
            for (Turn turn : turns) {
                Row.Status status = newStatus(turn);
                of.put(turn, status);
                add(made, made.size(), turn, status);
            }
        }

        void show() {
            // Somebody may have needed them sooner, before it was known what they took.
            statuses.values().forEach(Row.Status::lookAgain);
            if (!turns.isEmpty() && turns.equals(earlier)) {
                earlier = List.of();
                statuses.putAll(of);
                if (!rows.isEmpty()) {
                    addModelChange(made, made.size(), rows.getFirst().turn());
                }
                rows.addAll(0, made);
            }
            lookAtContext();
        }
    }

    /** What is still to be shown. */
    Earlier earlier() {
        return new Earlier();
    }

    private void complete() {
        if (earlier.isEmpty()) {
            return;
        }
        Earlier rest = earlier();
        rest.make();
        rest.show();
    }

    /** Shows the chosen branches; what stands before the first other turn stays as it is. */
    void showPath() {
        complete();
        List<Turn> path = conversation.path();
        int kept = rowsOnPath(path);
        List<Turn> staying = kept == 0
                ? List.of()
                : path.subList(0, path.indexOf(rows.get(kept - 1).turn()) + 1);
        replies.keySet().retainAll(staying);
        staying.forEach(turn -> stand(status(turn)));
        // The row before them tells which model has answered last.
        var over = new ArrayList<>(rows.subList(Math.max(0, kept - 1), kept));
        int before = over.size();
        List<Turn> coming = path.subList(staying.size(), path.size());
        coming.stream().filter(this::hasEnded).forEach(turn -> add(over, over.size(), turn));
        rows.remove(kept, rows.size());
        rows.addAll(over.subList(before, over.size()));
        // What is to grow must do so where it is seen.
        for (Turn turn : coming) {
            if (turn.state() == Turn.State.QUEUED) {
                rows.add(new Row.Queued(turn));
            } else if (!hasEnded(turn)) {
                add(rows, rows.size(), turn);
            }
        }
        empty.set(rows.isEmpty());
        lookAtContext();
    }

    /** How many rows show the path from its beginning on; prompts that wait are always shown anew. */
    private int rowsOnPath(List<Turn> path) {
        int turns = 0;
        int count = 0;
        for (Row row : rows) {
            boolean next = turns < path.size() && row.turn().equals(path.get(turns));
            boolean same = turns > 0 && row.turn().equals(path.get(turns - 1));
            if (row instanceof Row.Queued || !(next || same)) {
                break;
            }
            turns += next ? 1 : 0;
            count++;
        }
        return count;
    }

    /** The first row of a turn that has what was found; where no text in sight has it, the one that stands for it. */
    Optional<Row> find(Turn turn, SearchHit.Kind kind, Highlight found) {
        complete();
        List<Row> all = rows.stream().filter(row -> row.turn().equals(turn)).toList();
        Optional<Row> attached = kind == SearchHit.Kind.PROMPT
                ? all.stream().filter(Row.Attached.class::isInstance).findFirst()
                : Optional.empty();
        return all.stream()
                .filter(row -> row instanceof Row.Text text
                        && text.speaker() == speaker(kind)
                        && !found.in(text.block().text()).isEmpty())
                .findFirst()
                .or(() -> found.query().isBlank() ? Optional.empty() : attached)
                .or(() -> all.stream().findFirst());
    }

    private static @Nullable Speaker speaker(SearchHit.Kind kind) {
        return switch (kind) {
            case PROMPT -> Speaker.USER;
            case ANSWER -> Speaker.ANSWER;
            case THINKING -> Speaker.THINKING;
            case TITLE -> null;
        };
    }

    /** How full the context was after the last turn that told, and whether that was sent everything. */
    private void lookAtContext() {
        Optional<TurnMeasurement> last = lastMeasurement();
        truncation.set(last.map(TurnMeasurement::turn).map(truncations::get).orElse(null));
        context.set(last.flatMap(ContextUse::of).orElse(null));
    }

    private void grow() {
        empty.set(rows.isEmpty());
        grown.set(grown.get() + 1);
    }

    void on(TurnEvent event) {
        Turn turn = event.turn();
        switch (event) {
            case TurnEvent.Started started -> {
                if (!replies.containsKey(turn)) {
                    begin(turn);
                }
                running.set(turn);
                status(turn).started(started.models().server().display(), started.nanos());
            }
            case TurnEvent.FirstChunk first -> {}
            case TurnEvent.Chunk chunk -> show(turn, chunk);
            case TurnEvent.Ended ended -> {
                replies.remove(turn);
                unmeasured.add(turn);
                status(turn).ended();
                if (turn.equals(running.get())) {
                    running.set(null);
                }
            }
        }
        grow();
    }

    void phase(Turn turn, Phase phase, @Nullable Duration typicalLoad) {
        Row.Status status = statuses.get(turn);
        if (status != null) {
            status.enter(phase, typicalLoad);
        }
    }

    void measured(TurnMeasurement measurement) {
        Turn turn = measurement.turn();
        Optional<Truncation> cut = truncationCheck.check(measurement);
        cut.ifPresent(found -> truncations.put(turn, found));
        if (measurement.figures() != null && isInSight(turn)) {
            truncation.set(cut.orElse(null));
            context.set(ContextUse.of(measurement).orElse(null));
        }
        unmeasured.remove(turn);
        status(turn).measured(measurement);
        grow();
    }

    private boolean isInSight(Turn turn) {
        return conversation.path().contains(turn);
    }

    /** Waiting prompts stand at the end, so a turn that starts is put before them. */
    private void begin(Turn turn) {
        running.set(turn);
        rows.removeIf(row -> row instanceof Row.Queued && row.turn().equals(turn));
        if (isInSight(turn)) {
            add(rows, firstQueued(), turn);
        }
    }

    private void add(List<Row> shown, int index, Turn turn) {
        add(shown, index, turn, status(turn));
    }

    private void add(List<Row> shown, int index, Turn turn, Row.Status status) {
        int at = addModelChange(shown, index, turn);
        for (Block block : Block.ofPrompt(turn.prompt().text())) {
            shown.add(at++, new Row.Text(turn, Speaker.USER, block));
        }
        for (Attachment attachment : turn.prompt().attachments()) {
            shown.add(at++, new Row.Attached(turn, attachment));
        }
        stand(status);
        shown.add(at, status);
        var reply = new Reply(
                new BlockBuilder(
                        block -> shown.add(endOfThinking(shown, status), new Row.Text(turn, Speaker.THINKING, block))),
                new BlockBuilder(
                        block -> shown.add(indexOf(shown, status), new Row.Text(turn, Speaker.ANSWER, block))));
        reply.show(turn, turn.thinking().length(), turn.answer().length());
        if (!hasEnded(turn)) {
            replies.put(turn, reply);
        }
    }

    /** Returns where the rows of the turn begin. */
    private static int addModelChange(List<Row> shown, int index, Turn turn) {
        if (index == 0 || ModelName.same(shown.get(index - 1).turn().model(), turn.model())) {
            return index;
        }
        shown.add(index, new Row.ModelChanged(turn));
        return index + 1;
    }

    private void stand(Row.Status status) {
        List<Turn> branches = conversation.branches(status.turn());
        status.stand(branches.indexOf(status.turn()) + 1, branches.size());
    }

    /** As far as it was told here: its state may be ahead of that, and text of it still to come. */
    private boolean hasEnded(Turn turn) {
        // Before the others are looked at: only these are asked about in the background.
        if (restored.contains(turn)) {
            return true;
        }
        Row.Status known = statuses.get(turn);
        return known != null && known.end().get() != null;
    }

    private Row.Status status(Turn turn) {
        return statuses.computeIfAbsent(turn, this::newStatus);
    }

    private Row.Status newStatus(Turn turn) {
        var status = new Row.Status(turn, kept);
        if (restored.contains(turn)) {
            status.ended();
        }
        return status;
    }

    private void show(Turn turn, TurnEvent.Chunk chunk) {
        Reply reply = replies.get(turn);
        if (reply != null) {
            reply.show(turn, chunk.thinkingLength(), chunk.answerLength());
        }
    }

    private int firstQueued() {
        int i = rows.size();
        while (i > 0 && rows.get(i - 1) instanceof Row.Queued) {
            i--;
        }
        return i;
    }

    /** Near the end: only queued prompts stand behind it. */
    private static int indexOf(List<Row> shown, Row.Status status) {
        int i = shown.size() - 1;
        while (i > 0 && !shown.get(i).equals(status)) {
            i--;
        }
        return i;
    }

    /** Thinking stands together, before the answer, even if the model comes back to it. */
    private static int endOfThinking(List<Row> shown, Row.Status status) {
        int i = indexOf(shown, status);
        while (i > 0
                && shown.get(i - 1) instanceof Row.Text text
                && text.turn().equals(status.turn())
                && text.speaker() == Speaker.ANSWER) {
            i--;
        }
        return i;
    }
}
