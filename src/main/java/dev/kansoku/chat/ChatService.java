package dev.kansoku.chat;

import dev.kansoku.ollama.ChatChunk;
import dev.kansoku.ollama.ChatRequest;
import dev.kansoku.ollama.ChatStream;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.OllamaException;
import dev.kansoku.ollama.ReplyFigures;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs turns: one at a time in a conversation, several conversations at once, each turn on a virtual thread of its own.
 */
public final class ChatService implements AutoCloseable {

    private static final Duration SNAPSHOT_AGE = Duration.ofSeconds(2);
    private static final Duration SNAPSHOT_BUDGET = Duration.ofMillis(250);

    private record Registration(TurnObserver observer, Executor executor) {}

    /** A turn that runs: its stream once there is one, and whether the user has had enough. */
    private static final class Run {
        private @Nullable ChatStream stream;
        private boolean stopped;

        synchronized void attach(ChatStream opened) {
            stream = opened;
            if (stopped) {
                opened.close();
            }
        }

        synchronized void stop() {
            stopped = true;
            if (stream != null) {
                stream.close();
            }
        }

        synchronized boolean isStopped() {
            return stopped;
        }
    }

    private final Engine engine;
    private final ModelWatch models;
    private final InstantSource clock;
    private final UUID sessionId = UUID.randomUUID();
    private final List<Registration> observers = new CopyOnWriteArrayList<>();
    private final List<ConversationListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<Conversation, Deque<Turn>> queues = new HashMap<>();
    private final Map<Turn, Run> runs = new HashMap<>();
    private boolean closed;

    public ChatService(Engine engine, ModelWatch models, InstantSource clock) {
        this.engine = engine;
        this.models = models;
        this.clock = clock;
    }

    /** This run of the program. */
    public UUID sessionId() {
        return sessionId;
    }

    /** Observers hear of turns that start from now on, each on its own executor. */
    public void observe(TurnObserver observer, Executor executor) {
        observers.add(new Registration(observer, executor));
    }

    /** Listeners hear of every change from now on. */
    public void listen(ConversationListener listener) {
        listeners.add(listener);
    }

    public Conversation newConversation() {
        return new Conversation(clock.instant());
    }

    /**
     * Starts a turn that follows what the user sees, or queues it while another one of the same conversation runs; its
     * state tells which.
     */
    public Turn send(Conversation conversation, String model, ModelOptions options, Prompt prompt) {
        return send(conversation, conversation::tip, model, options, prompt, "");
    }

    /** Sends the same prompt once more, as another branch. */
    public Turn again(Turn earlier, String model) {
        return edit(earlier, model, earlier.prompt());
    }

    /** Sends another prompt in the place of an earlier one, as another branch. */
    public Turn edit(Turn earlier, String model, Prompt prompt) {
        return send(earlier.conversation(), earlier::parent, model, earlier.options(), prompt, "");
    }

    /** Lets the same model go on from where its answer ended, as another branch. */
    public Turn goOn(Turn earlier) {
        return send(
                earlier.conversation(),
                earlier::parent,
                earlier.model(),
                earlier.options(),
                earlier.prompt(),
                earlier.answer().toString());
    }

    private synchronized Turn send(
            Conversation conversation,
            Supplier<@Nullable Turn> parent,
            String model,
            ModelOptions options,
            Prompt prompt,
            String begun) {
        var turn = new Turn(sessionId, conversation, parent.get(), model, options, prompt, clock.instant(), begun);
        conversation.add(turn);
        listeners.forEach(listener -> listener.added(turn));
        Deque<Turn> queue = queues.computeIfAbsent(conversation, c -> new ArrayDeque<>());
        queue.addLast(turn);
        if (queue.size() == 1) {
            start(turn);
        }
        return turn;
    }

    /** Shows the branch with this turn. */
    public synchronized void choose(Turn turn) {
        turn.conversation().choose(turn);
        listeners.forEach(listener -> listener.chosen(turn));
    }

    /** Takes a turn out of the queue; {@code false} if it runs already. */
    public synchronized boolean unqueue(Turn turn) {
        @Nullable Deque<Turn> queue = queues.get(turn.conversation());
        if (turn.state() != Turn.State.QUEUED || queue == null || !queue.remove(turn)) {
            return false;
        }
        turn.conversation().remove(turn);
        listeners.forEach(listener -> listener.removed(turn));
        return true;
    }

    /** Ends a running turn; what was written stays. The connection is closed at once. */
    public void stop(Turn turn) {
        @Nullable Run run;
        synchronized (this) {
            run = runs.get(turn);
        }
        if (run != null) {
            run.stop();
        }
    }

    /** Ends all turns that run, and takes back those that wait. */
    public void stopAll() {
        List<Turn> all;
        synchronized (this) {
            all = queues.values().stream().flatMap(Deque::stream).toList();
        }
        // The last one first: what waits does not begin meanwhile.
        all.reversed().forEach(turn -> {
            if (!unqueue(turn)) {
                stop(turn);
            }
        });
    }

    public synchronized boolean isBusy() {
        return !runs.isEmpty();
    }

    /** Whether a turn of this conversation runs or waits. */
    public synchronized boolean isBusy(Conversation conversation) {
        return queues.containsKey(conversation);
    }

    private void start(Turn turn) {
        var run = new Run();
        if (closed) {
            run.stop();
        }
        runs.put(turn, run);
        turn.become(Turn.State.RUNNING);
        List<Mailbox> mailboxes = observers.stream()
                .map(r -> new Mailbox(r.observer(), r.executor()))
                .toList();
        models.turnStarted();
        Thread.ofVirtual().name("turn-" + turn.requestId()).start(() -> {
            try {
                TurnEvent.Ended end = runToItsEnd(turn, run, mailboxes);
                switch (end) {
                    case TurnEvent.Finished f -> turn.become(Turn.State.FINISHED);
                    case TurnEvent.Incomplete i -> turn.become(Turn.State.INCOMPLETE);
                    case TurnEvent.Stopped s -> turn.become(Turn.State.STOPPED);
                    case TurnEvent.Failed failed -> turn.fail(failed.error());
                }
                tell(mailboxes, end);
            } finally {
                over(turn);
            }
        });
    }

    private synchronized void over(Turn turn) {
        models.turnEnded();
        runs.remove(turn);
        @Nullable Deque<Turn> queue = queues.get(turn.conversation());
        if (queue == null) {
            return;
        }
        queue.remove(turn);
        @Nullable Turn next = queue.peekFirst();
        if (next == null) {
            queues.remove(turn.conversation());
        } else {
            start(next);
        }
    }

    /** A fault of ours must not leave a turn that never ends. */
    private TurnEvent.Ended runToItsEnd(Turn turn, Run run, List<Mailbox> mailboxes) {
        try {
            return run(turn, run, mailboxes);
        } catch (RuntimeException | Error e) {
            Unforeseen.report(e);
            long now = System.nanoTime();
            return new TurnEvent.Failed(turn, new OllamaError.Protocol(""), new Timeline(now, null, null, now));
        }
    }

    private TurnEvent.Ended run(Turn turn, Run run, List<Mailbox> mailboxes) {
        OllamaClient client = engine.client();
        ModelSnapshot latest = models.fresh(SNAPSHOT_AGE, SNAPSHOT_BUDGET);
        // Another engine may have been chosen in this moment.
        ModelSnapshot before = latest.server().equals(client.address())
                ? latest
                : ModelSnapshot.none(client.address(), engine.isDemo(client));
        if (before.demo()) {
            turn.answeredByDemo();
        }
        tell(mailboxes, new TurnEvent.Started(turn, before, System.nanoTime()));
        var request = new ChatRequest(turn.model(), turn.conversation().messagesFor(turn), turn.options(), null);
        @Nullable Long first = null;
        @Nullable ReplyFigures figures = null;
        try (ChatStream stream = client.chat(request)) {
            run.attach(stream);
            try {
                @Nullable ChatChunk chunk;
                while ((chunk = stream.next()) != null) {
                    if (first == null && hasSubstance(chunk)) {
                        first = chunk.readNanos();
                        tell(mailboxes, new TurnEvent.FirstChunk(turn, first));
                    }
                    int answer = turn.answer().append(chunk.content());
                    int thinking = turn.thinking().append(chunk.thinking());
                    tell(
                            mailboxes,
                            new TurnEvent.Chunk(turn, answer, thinking, 1, chunk.readNanos(), chunk.readNanos()));
                    if (chunk.last() != null) {
                        figures = chunk.last();
                    }
                }
            } catch (OllamaException e) {
                return new TurnEvent.Failed(turn, e.error(), brokenOff(stream, first));
            }
            if (figures != null) {
                return new TurnEvent.Finished(turn, figures, timeline(stream, first, stream.lastReadNanos()));
            }
            return run.isStopped()
                    ? new TurnEvent.Stopped(turn, brokenOff(stream, first))
                    : new TurnEvent.Incomplete(turn, brokenOff(stream, first));
        }
    }

    private static boolean hasSubstance(ChatChunk chunk) {
        return !chunk.content().isEmpty() || !chunk.thinking().isEmpty() || chunk.toolCalls() > 0;
    }

    /** What was read last tells nothing of how long the turn went on after that. */
    private static Timeline brokenOff(ChatStream stream, @Nullable Long first) {
        return timeline(stream, first, System.nanoTime());
    }

    private static Timeline timeline(ChatStream stream, @Nullable Long first, long last) {
        long sent = stream.sentNanos();
        long connected = stream.connectedNanos();
        // A turn that was stopped before it was sent has no times: it took nothing.
        return new Timeline(sent == 0 ? last : sent, connected == 0 ? null : connected, first, last);
    }

    private static void tell(List<Mailbox> mailboxes, TurnEvent event) {
        mailboxes.forEach(mailbox -> mailbox.offer(event));
    }

    /** Stops all turns; those that are sent later are stopped before they reach the server. */
    @Override
    public void close() {
        List<Run> all;
        synchronized (this) {
            closed = true;
            queues.values().forEach(queue -> queue.removeIf(turn -> turn.state() == Turn.State.QUEUED));
            all = List.copyOf(runs.values());
        }
        all.forEach(Run::stop);
    }
}
