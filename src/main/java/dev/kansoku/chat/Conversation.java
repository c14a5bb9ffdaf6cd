package dev.kansoku.chat;

import dev.kansoku.ollama.ChatMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns, each of which follows another one: a tree. Those that follow the same turn are its branches, and of these one is
 * chosen; the chosen ones make the path that the user sees. Nothing that was said is ever taken out. Changed by
 * {@link ChatService} alone; may be read from any thread.
 */
public final class Conversation {

    /** The turns that follow one and the same. */
    private static final class Fork {
        private final List<Turn> branches = new ArrayList<>();
        private @Nullable Turn chosen;
    }

    private final UUID id;
    private final Instant createdAt;
    private final List<Turn> turns = new ArrayList<>();
    private final Fork start = new Fork();
    private final Map<Turn, Fork> forks = new HashMap<>();

    public Conversation(Instant createdAt) {
        this(UUID.randomUUID(), createdAt);
    }

    private Conversation(UUID id, Instant createdAt) {
        this.id = id;
        this.createdAt = createdAt;
    }

    /**
     * One that was kept.
     *
     * @param kept in the order in which they were sent; one that names an unknown parent follows none
     */
    public static Conversation restore(UUID id, Instant createdAt, List<KeptTurn> kept) {
        var conversation = new Conversation(id, createdAt);
        var byId = new HashMap<UUID, Turn>();
        for (KeptTurn one : kept) {
            @Nullable Turn parent = one.parent() == null ? null : byId.get(one.parent());
            var turn = new Turn(conversation, parent, one);
            byId.put(one.id(), turn);
            conversation.turns.add(turn);
            Fork fork = conversation.fork(parent);
            fork.branches.add(turn);
            if (one.chosen() || fork.chosen == null) {
                fork.chosen = turn;
            }
        }
        return conversation;
    }

    public UUID id() {
        return id;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** All turns, in the order in which they were sent. */
    public synchronized List<Turn> turns() {
        return List.copyOf(turns);
    }

    /** The turns that the user sees: of all branches the chosen ones. */
    public synchronized List<Turn> path() {
        var path = new ArrayList<Turn>();
        for (Turn turn = start.chosen; turn != null; turn = fork(turn).chosen) {
            path.add(turn);
        }
        return path;
    }

    /** The turns that follow the same one as this, itself among them, in the order in which they were sent. */
    public synchronized List<Turn> branches(Turn turn) {
        return List.copyOf(fork(turn.parent()).branches);
    }

    /** Whether it is the one that the user sees of its branches. */
    public synchronized boolean isChosen(Turn turn) {
        return turn.equals(fork(turn.parent()).chosen);
    }

    /** The last turn of the path; {@code null} if nothing was said yet. */
    synchronized @Nullable Turn tip() {
        @Nullable Turn tip = null;
        for (Turn turn = start.chosen; turn != null; turn = fork(turn).chosen) {
            tip = turn;
        }
        return tip;
    }

    /** Puts it and what it follows on the path. */
    synchronized void choose(Turn turn) {
        for (Turn each = turn; each != null; each = each.parent()) {
            fork(each.parent()).chosen = each;
        }
    }

    synchronized void add(Turn turn) {
        turns.add(turn);
        fork(turn.parent()).branches.add(turn);
        choose(turn);
    }

    /** Takes out a turn that was never sent; what was to follow it follows what it was to follow. */
    synchronized void remove(Turn turn) {
        Fork own = fork(turn.parent());
        @Nullable Fork followers = forks.remove(turn);
        turns.remove(turn);
        own.branches.remove(turn);
        if (followers != null) {
            followers.branches.forEach(follower -> follower.follow(turn.parent()));
            own.branches.addAll(followers.branches);
            own.branches.sort(Comparator.comparingInt(turns::indexOf));
        }
        if (turn.equals(own.chosen)) {
            own.chosen = followers != null && followers.chosen != null
                    ? followers.chosen
                    : own.branches.isEmpty() ? null : own.branches.getLast();
        }
    }

    private Fork fork(@Nullable Turn parent) {
        return parent == null ? start : forks.computeIfAbsent(parent, p -> new Fork());
    }

    /**
     * What the model is sent for a turn: what was said before it, without thinking and without what the demo engine said,
     * then the turn's prompt, and last the part of its answer that it is to go on from, if there is one.
     */
    synchronized List<ChatMessage> messagesFor(Turn turn) {
        Deque<Turn> before = new ArrayDeque<>();
        for (Turn earlier = turn.parent(); earlier != null; earlier = earlier.parent()) {
            if (earlier.isPartOfHistory() && earlier.isDemo() == turn.isDemo()) {
                before.addFirst(earlier);
            }
        }
        var messages = new ArrayList<ChatMessage>();
        for (Turn earlier : before) {
            messages.add(new ChatMessage(ChatMessage.Role.USER, earlier.prompt().content()));
            messages.add(
                    new ChatMessage(ChatMessage.Role.ASSISTANT, earlier.answer().toString()));
        }
        messages.add(new ChatMessage(ChatMessage.Role.USER, turn.prompt().content()));
        if (turn.continuedFrom() > 0) {
            messages.add(
                    new ChatMessage(ChatMessage.Role.ASSISTANT, turn.answer().read(0, turn.continuedFrom())));
        }
        return messages;
    }
}
