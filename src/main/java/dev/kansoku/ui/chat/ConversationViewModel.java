package dev.kansoku.ui.chat;

import dev.kansoku.chat.Attachment;
import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.measure.ContextUse;
import dev.kansoku.measure.Phase;
import dev.kansoku.measure.TokenRatio;
import dev.kansoku.measure.Truncation;
import dev.kansoku.measure.TruncationCheck;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    private static final int TITLE_LENGTH = 60;

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

    /** Only of turns that run. */
    private final Map<Turn, Reply> replies = new HashMap<>();

    private double attachedTokens;

    ConversationViewModel(Conversation conversation) {
        this.conversation = conversation;
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

    /** The first prompt's first words; empty before there is one. */
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

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

    /** A turn was sent: it runs, or is shown in the queue until it does. */
    void sent(Turn turn) {
        if (title.get().isEmpty()) {
            title.set(titleOf(turn));
        }
        if (turn.state() == Turn.State.QUEUED) {
            rows.add(new Row.Queued(turn));
        } else {
            begin(turn);
        }
        grow();
    }

    private void grow() {
        empty.set(rows.isEmpty());
        grown.set(grown.get() + 1);
    }

    void unqueued(Turn turn) {
        rows.removeIf(row -> row instanceof Row.Queued && row.turn() == turn);
        empty.set(rows.isEmpty());
    }

    /** A turn is tried again. What it has written stays; if that is nothing, its rows go. */
    void retried(Turn earlier) {
        statuses.remove(earlier);
        if (!conversation.turns().contains(earlier)) {
            rows.removeIf(row -> row.turn() == earlier);
        } else {
            rows.removeIf(row -> row instanceof Row.Status && row.turn() == earlier);
        }
    }

    void on(TurnEvent event) {
        Turn turn = event.turn();
        switch (event) {
            case TurnEvent.Started started -> {
                if (!statuses.containsKey(turn)) {
                    begin(turn);
                }
                Objects.requireNonNull(statuses.get(turn))
                        .started(started.models().server().display(), started.nanos());
            }
            case TurnEvent.FirstChunk first -> {}
            case TurnEvent.Chunk chunk -> show(turn, chunk);
            case TurnEvent.Ended ended -> {
                replies.remove(turn);
                Row.Status status = statuses.get(turn);
                if (status != null) {
                    status.endAt(Instant.now(), ended);
                }
                if (running.get() == turn) {
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
        Optional<Truncation> cut = truncationCheck.check(measurement);
        if (measurement.figures() != null) {
            truncation.set(cut.orElse(null));
            context.set(ContextUse.of(measurement).orElse(null));
        }
        Row.Status status = statuses.get(measurement.turn());
        if (status != null) {
            status.measurement().set(measurement);
            grow();
        }
    }

    /** Waiting prompts stand at the end, so a turn that starts is put before them. */
    private void begin(Turn turn) {
        unqueued(turn);
        int at = firstQueued();
        if (at > 0 && !ModelName.same(rows.get(at - 1).turn().model(), turn.model())) {
            rows.add(at++, new Row.ModelChanged(turn));
        }
        for (Block block : Block.ofPrompt(turn.prompt().text())) {
            rows.add(at++, new Row.Text(turn, Speaker.USER, block));
        }
        for (Attachment attachment : turn.prompt().attachments()) {
            rows.add(at++, new Row.Attached(turn, attachment));
        }
        var status = new Row.Status(turn);
        rows.add(at, status);
        statuses.put(turn, status);
        replies.put(
                turn,
                new Reply(
                        new BlockBuilder(
                                block -> rows.add(endOfThinking(status), new Row.Text(turn, Speaker.THINKING, block))),
                        new BlockBuilder(
                                block -> rows.add(indexOf(status), new Row.Text(turn, Speaker.ANSWER, block)))));
        running.set(turn);
    }

    private void show(Turn turn, TurnEvent.Chunk chunk) {
        Reply reply = replies.get(turn);
        if (reply == null) {
            return;
        }
        if (chunk.thinkingLength() > reply.thinkingShown) {
            reply.thinking.append(turn.thinking().read(reply.thinkingShown, chunk.thinkingLength()));
            reply.thinkingShown = chunk.thinkingLength();
        }
        if (chunk.answerLength() > reply.answerShown) {
            reply.answer.append(turn.answer().read(reply.answerShown, chunk.answerLength()));
            reply.answerShown = chunk.answerLength();
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
    private int indexOf(Row.Status status) {
        int i = rows.size() - 1;
        while (i > 0 && rows.get(i) != status) {
            i--;
        }
        return i;
    }

    /** Thinking stands together, before the answer, even if the model comes back to it. */
    private int endOfThinking(Row.Status status) {
        int i = indexOf(status);
        while (i > 0
                && rows.get(i - 1) instanceof Row.Text text
                && text.turn() == status.turn()
                && text.speaker() == Speaker.ANSWER) {
            i--;
        }
        return i;
    }

    private static String titleOf(Turn turn) {
        Prompt prompt = turn.prompt();
        String text = prompt.text().isBlank() ? prompt.content() : prompt.text();
        String line = Block.shown(text.substring(0, Math.min(text.length(), 4 * TITLE_LENGTH)))
                .strip()
                .replaceAll("\\s+", " ");
        if (line.length() <= TITLE_LENGTH) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(TITLE_LENGTH - 1)) ? TITLE_LENGTH - 1 : TITLE_LENGTH;
        return line.substring(0, end).strip() + "…";
    }
}
