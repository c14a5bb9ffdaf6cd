package dev.kansoku.ui.conversations;

import dev.kansoku.chat.Turn;
import dev.kansoku.history.ConversationSummary;
import dev.kansoku.history.History;
import dev.kansoku.history.HistoryReader;
import dev.kansoku.history.HistoryReader.Listing;
import dev.kansoku.ui.chat.ChatViewModel;
import dev.kansoku.ui.chat.ChatViewModel.Activity;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.MapChangeListener;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;

/**
 * The list of conversations or, in its place, the trash. It is read a page at a time; what the user does shows at once,
 * whether it is on the disk already or not. Lives on the FX thread; knows no controls and no words.
 */
public final class ConversationsViewModel {

    /** Where the history is read. */
    public interface Reading {

        /** Asks in the background, and tells on the FX thread. */
        void ask(Function<HistoryReader, List<ConversationSummary>> question, Consumer<List<ConversationSummary>> then);
    }

    /**
     * Conversations that were put into the trash together.
     *
     * @param open the one of them that was open; {@code null} if none was
     */
    public record Deletion(
            Set<UUID> conversations, @Nullable UUID open) {

        public Deletion {
            conversations = Set.copyOf(conversations);
        }
    }

    private static final int DAYS_OF_A_WEEK = 7;

    private final ChatViewModel chat;
    private final History history;
    private final Reading reading;
    private final Clock clock;

    /** Kept: it hears of changes only as long as somebody holds it. */
    private final ObservableMap<UUID, Activity> activities;

    private final Rows rows = new Rows();
    private Listed pinned = new Listed(Listing.PINNED);
    private Listed others = new Listed(Listing.OTHERS);

    /** Only while it is shown. */
    private @Nullable Listed trash;

    /** What this program has changed, as it is now: it goes before what is read, which may be older. */
    private final Map<UUID, ConversationSummary> changed = new HashMap<>();

    /** May still be read for a moment. */
    private final Set<UUID> purged = new HashSet<>();

    private final ReadOnlyBooleanWrapper inTrash = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Deletion> undoable = new ReadOnlyObjectWrapper<>();
    private final ObservableValue<UUID> open;
    private LocalDate shownOn;
    private @Nullable UUID renaming;

    /** @param clock the user's, with their zone */
    public ConversationsViewModel(ChatViewModel chat, History history, Reading reading, Clock clock) {
        this.chat = chat;
        this.history = history;
        this.reading = reading;
        this.clock = clock;
        activities = chat.activities();
        activities.addListener((MapChangeListener<UUID, Activity>) change -> show());
        chat.onSent(this::sent);
        open = chat.openProperty().map(shown -> shown.conversation().id());
        shownOn = LocalDate.now(clock);
        readOn();
    }

    public Rows rows() {
        return rows;
    }

    public ReadOnlyBooleanProperty inTrashProperty() {
        return inTrash.getReadOnlyProperty();
    }

    /** Whether nothing is in the list that is shown; {@code false} as long as that is not known. */
    public ReadOnlyBooleanProperty emptyProperty() {
        return empty.getReadOnlyProperty();
    }

    /** What was put into the trash last, as long as that can be undone. */
    public ReadOnlyObjectProperty<@Nullable Deletion> undoableProperty() {
        return undoable.getReadOnlyProperty();
    }

    /** The conversation that is open; it is in the list as soon as something was said in it. */
    public ObservableValue<UUID> openProperty() {
        return open;
    }

    // What is shown

    /** Reads the next page, if there is one. */
    public void readOn() {
        Listed next = trash != null ? trash : pinned.isComplete() ? others : pinned;
        if (next.beginPage()) {
            @Nullable ConversationSummary last = next.last();
            reading.ask(reader -> reader.list(next.listing(), last, Listed.PAGE), page -> {
                next.endPage(page);
                show();
            });
        }
    }

    /** Everything was deleted. */
    public void forget() {
        changed.clear();
        purged.clear();
        forgetUndo();
        reload();
    }

    /** Reads everything again: it was changed by others than the user of this list. */
    public void reload() {
        pinned = new Listed(Listing.PINNED);
        others = new Listed(Listing.OTHERS);
        show(trash == null ? null : new Listed(Listing.TRASH));
    }

    /** To be called now and then: what was said today becomes what was said yesterday. */
    public void lookAtClock() {
        if (!shownOn.equals(LocalDate.now(clock))) {
            show();
        }
    }

    private void show() {
        shownOn = LocalDate.now(clock);
        Listed shownTrash = trash;
        List<ListRow> now = shownTrash == null ? list() : entries(shownTrash);
        rows.become(now);
        boolean complete = shownTrash == null ? others.isComplete() : shownTrash.isComplete();
        empty.set(complete && now.isEmpty());
        // There may be too few to scroll.
        if (now.size() < Listed.PAGE / 2) {
            readOn();
        }
    }

    private List<ListRow> list() {
        var list = new ArrayList<ListRow>();
        List<ListRow> top = entries(pinned);
        if (!top.isEmpty()) {
            list.add(ListRow.Group.PINNED);
            list.addAll(top);
        }
        @Nullable ListRow heading = null;
        for (ConversationSummary conversation : current(others)) {
            ListRow next = heading(conversation.activeAt());
            if (!next.equals(heading)) {
                heading = next;
                list.add(next);
            }
            list.add(entry(conversation));
        }
        return list;
    }

    private ListRow heading(Instant activeAt) {
        LocalDate date = LocalDate.ofInstant(activeAt, clock.getZone());
        long days = ChronoUnit.DAYS.between(date, shownOn);
        if (days <= 0) {
            return ListRow.Group.TODAY;
        }
        if (days == 1) {
            return ListRow.Group.YESTERDAY;
        }
        return days < DAYS_OF_A_WEEK ? new ListRow.Day(date) : new ListRow.Month(YearMonth.from(date));
    }

    private List<ListRow> entries(Listed listed) {
        return current(listed).stream().map(this::entry).toList();
    }

    private List<ConversationSummary> current(Listed listed) {
        return listed.with(id -> changed.containsKey(id) || purged.contains(id), changed.values());
    }

    private ListRow entry(ConversationSummary conversation) {
        UUID id = conversation.id();
        return new ListRow.Entry(conversation, trash == null ? activities.get(id) : null, id.equals(renaming));
    }

    private void change(Collection<UUID> ids, Function<ConversationSummary, ConversationSummary> how) {
        for (UUID id : ids) {
            known(id).ifPresent(conversation -> changed.put(id, how.apply(conversation)));
        }
        show();
    }

    private Optional<ConversationSummary> known(UUID id) {
        return Optional.ofNullable(changed.get(id))
                .or(() -> Stream.of(Optional.ofNullable(trash), Optional.of(others), Optional.of(pinned))
                        .flatMap(Optional::stream)
                        .flatMap(listed -> listed.get(id).stream())
                        .findFirst());
    }

    // What is said

    private void sent(Turn turn) {
        UUID id = turn.conversation().id();
        Turn first = turn.conversation().turns().getFirst();
        var unknown = new ConversationSummary(id, first.prompt().firstWords(), turn.createdAt(), false, null);
        if (turn.equals(first) || known(id).isPresent()) {
            active(known(id).orElse(unknown), turn.createdAt());
        } else {
            // Opened from where it was found, not from this list.
            reading.ask(
                    reader -> reader.summary(id).stream().toList(),
                    found -> active(
                            known(id).or(() -> found.stream().findFirst()).orElse(unknown), turn.createdAt()));
        }
    }

    private void active(ConversationSummary conversation, Instant at) {
        changed.put(
                conversation.id(),
                new ConversationSummary(
                        conversation.id(), conversation.title(), at, conversation.pinned(), conversation.deletedAt()));
        show();
    }

    // What the user does

    public void open(UUID id) {
        if (!id.equals(open.getValue())) {
            chat.open(id);
        }
    }

    public void newConversation() {
        chat.newConversation();
    }

    /** Lets the user write another name. */
    public void beginRename(UUID id) {
        renaming = id;
        show();
    }

    public boolean isRenaming() {
        return renaming != null;
    }

    /** Keeps the name that it has. */
    public void cancelRename() {
        renaming = null;
        show();
    }

    /** Gives the conversation the name that was written; a blank one is none. */
    public void rename(UUID id, String written) {
        if (!id.equals(renaming)) {
            return;
        }
        renaming = null;
        String title = written.strip();
        boolean same =
                known(id).map(ConversationSummary::title).filter(title::equals).isPresent();
        if (title.isEmpty() || same) {
            show();
            return;
        }
        history.rename(id, title);
        chat.renamed(id, title);
        change(
                List.of(id),
                before -> new ConversationSummary(id, title, before.activeAt(), before.pinned(), before.deletedAt()));
    }

    public void pin(Collection<UUID> ids, boolean pin) {
        history.pin(ids, pin);
        change(
                ids,
                before -> new ConversationSummary(
                        before.id(), before.title(), before.activeAt(), pin, before.deletedAt()));
    }

    /** Puts them into the trash. */
    public void delete(Collection<UUID> ids) {
        UUID openBefore = open.getValue();
        history.trash(ids);
        deletedAt(ids, clock.instant());
        ids.forEach(chat::closed);
        undoable.set(new Deletion(Set.copyOf(ids), ids.contains(openBefore) ? openBefore : null));
    }

    public void undo() {
        Deletion last = undoable.get();
        if (last != null) {
            restore(last.conversations());
            if (last.open() != null) {
                chat.open(last.open());
            }
        }
    }

    /** What was put into the trash last stays there. */
    public void forgetUndo() {
        undoable.set(null);
    }

    public void openTrash() {
        show(new Listed(Listing.TRASH));
    }

    public void closeTrash() {
        show((Listed) null);
    }

    private void show(@Nullable Listed nextTrash) {
        renaming = null;
        trash = nextTrash;
        // Otherwise the rows of the other list would be taken for those of this one.
        rows.become(List.of());
        inTrash.set(nextTrash != null);
        show();
    }

    /** Takes them out of the trash. */
    public void restore(Collection<UUID> ids) {
        forgetUndo();
        history.restore(ids);
        deletedAt(ids, null);
    }

    private void deletedAt(Collection<UUID> ids, @Nullable Instant at) {
        change(
                ids,
                before -> new ConversationSummary(before.id(), before.title(), before.activeAt(), before.pinned(), at));
    }

    /** Deletes them for good. */
    public void purge(Collection<UUID> ids) {
        forgetUndo();
        history.purge(ids);
        ids.forEach(changed::remove);
        purged.addAll(ids);
        show();
    }

    /** Deletes for good all that is in the trash now. */
    public void emptyTrash() {
        Instant now = clock.instant();
        reading.ask(ConversationsViewModel::wholeTrash, found -> {
            var ids = new HashSet<UUID>();
            found.forEach(conversation -> ids.add(conversation.id()));
            ids.removeAll(changed.keySet());
            for (ConversationSummary conversation : changed.values()) {
                if (conversation.deletedAt() != null
                        && !conversation.deletedAt().isAfter(now)) {
                    ids.add(conversation.id());
                }
            }
            purge(ids);
        });
    }

    private static List<ConversationSummary> wholeTrash(HistoryReader reader) {
        var all = new ArrayList<ConversationSummary>();
        List<ConversationSummary> page = reader.list(Listing.TRASH, null, Listed.PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = reader.list(Listing.TRASH, page.getLast(), Listed.PAGE);
        }
        return all;
    }
}
