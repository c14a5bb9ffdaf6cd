package dev.kansoku.history;

import dev.kansoku.AppGraph;
import dev.kansoku.CommandLine;
import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.faults.Faults;
import dev.kansoku.settings.Folders;
import dev.kansoku.ui.chat.ChatViewModel;
import dev.kansoku.ui.chat.ConversationViewModel;
import dev.kansoku.ui.common.UiThread;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The whole program in its window, and a user who asks, changes between conversations and stops answers until the program
 * is killed. Says on its output what is on the screen, as soon as it has been laid out.
 */
final class KillVictim {

    /** The window is there. */
    static final String READY = "ready";

    private static final Duration ACT_EVERY = Duration.ofMillis(120);
    private static final int MOST_CONVERSATIONS = 3;
    private static final int FAULT = 1;

    /**
     * What of a turn is on the screen.
     *
     * @param state {@code RUNNING} also while it waits in the queue
     */
    record Shown(
            UUID turn,
            UUID conversation,
            @Nullable UUID parent,
            Turn.State state,
            int thinking,
            int answer,
            String prompt) {

        private static final String BEGIN = "shown";
        private static final int FIELDS = 8;

        static @Nullable Shown parse(String line) {
            String[] parts = line.split(" ", FIELDS);
            return parts.length < FIELDS || !parts[0].equals(BEGIN)
                    ? null
                    : new Shown(
                            UUID.fromString(parts[1]),
                            UUID.fromString(parts[2]),
                            parts[3].equals("-") ? null : UUID.fromString(parts[3]),
                            Turn.State.valueOf(parts[4]),
                            Integer.parseInt(parts[5]),
                            Integer.parseInt(parts[6]),
                            parts[7]);
        }

        String line() {
            return String.join(
                    " ",
                    BEGIN,
                    turn.toString(),
                    conversation.toString(),
                    parent == null ? "-" : parent.toString(),
                    state.name(),
                    "" + thinking,
                    "" + answer,
                    prompt);
        }
    }

    /** How far the rows of a turn are. */
    private record Reached(Turn.State state, int thinking, int answer) {}

    private final ChatViewModel chat;
    private final Random random;
    private final String name;
    private final List<UUID> conversations = new ArrayList<>();
    private final Map<Turn, Reached> reached = new HashMap<>();
    private final Set<Turn> changed = new LinkedHashSet<>();
    private int asked;
    private boolean ready;

    private KillVictim(ChatViewModel chat, long seed, String name) {
        this.chat = chat;
        this.random = new Random(seed);
        this.name = name;
    }

    /**
     * Starts the program as {@code KansokuApp} does.
     *
     * @param arguments folder, address of the server, seed, name of this run, and the conversations to go on with
     */
    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler(KillVictim::end);
        Platform.startup(() -> {
            Thread.currentThread().setUncaughtExceptionHandler(KillVictim::end);
            Folders folders = Folders.in(Path.of(arguments[0]));
            var stage = new Stage();
            var graph = new AppGraph(
                    stage,
                    new CommandLine(false, false, arguments[1], false, null),
                    Map.of(),
                    folders,
                    new Faults(folders.logs()),
                    page -> {});
            graph.start();
            var chat = (ChatViewModel) field(field(graph, "window"), "chat");
            var victim = new KillVictim(chat, Long.parseLong(arguments[2]), arguments[3]);
            for (int i = 4; i < arguments.length; i++) {
                victim.conversations.add(UUID.fromString(arguments[i]));
            }
            victim.begin(stage);
        });
    }

    /** The program has no use for an accessor. */
    private static Object field(Object owner, String name) {
        try {
            Field field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(owner.getClass() + " has no field \"" + name + "\" any more.", e);
        }
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // Whoever started this process reads it there.
    private static void end(Thread thread, Throwable fault) {
        fault.printStackTrace();
        Runtime.getRuntime().halt(FAULT);
    }

    private void begin(Stage stage) {
        chat.onSent(turn -> reach(turn, new Reached(Turn.State.RUNNING, 0, 0)));
        chat.onShown(this::on);
        chat.openProperty().subscribe(this::opened);
        stage.getScene().addPostLayoutPulseListener(this::laidOut);
        conversations.forEach(chat::open);
        UiThread.every(ACT_EVERY, this::act);
        Platform.requestNextPulse();
    }

    // What the user does

    private void act() {
        int dice = random.nextInt(100);
        boolean busy = chat.open().runningProperty().get() != null;
        if (busy && dice < 10) {
            chat.stop();
        } else if (dice < 30 && conversations.size() < MOST_CONVERSATIONS) {
            chat.newConversation();
            ask();
        } else if (dice < 55 && !conversations.isEmpty()) {
            chat.open(conversations.get(random.nextInt(conversations.size())));
        } else if (!busy || dice < 65) {
            ask();
        }
    }

    private void ask() {
        UUID conversation = chat.open().conversation().id();
        if (!conversations.contains(conversation)) {
            conversations.add(conversation);
        }
        boolean quick = random.nextInt(100) < 60;
        var question = new KillAnswers.Question(
                name + "n" + ++asked,
                conversation,
                random.nextInt(3) == 0 ? 1 + random.nextInt(20) : 0,
                quick ? 1 + random.nextInt(30) : 200 + random.nextInt(1000),
                quick ? random.nextInt(4) : 2 + random.nextInt(8));
        chat.ask(KillAnswers.MODEL, question.prompt());
    }

    // What is on the screen

    private void on(TurnEvent event) {
        Turn turn = event.turn();
        switch (event) {
            case TurnEvent.Started started -> {}
            case TurnEvent.FirstChunk first -> {}
            case TurnEvent.Chunk chunk ->
                reach(turn, new Reached(Turn.State.RUNNING, chunk.thinkingLength(), chunk.answerLength()));
            case TurnEvent.Ended ended -> reach(turn, whole(turn));
        }
    }

    private static Reached whole(Turn turn) {
        return new Reached(turn.state(), turn.thinking().length(), turn.answer().length());
    }

    private void reach(Turn turn, Reached now) {
        reached.put(turn, now);
        changed.add(turn);
    }

    private void opened(ConversationViewModel conversation) {
        for (Turn turn : conversation.conversation().path()) {
            // Of an earlier run.
            reached.computeIfAbsent(turn, KillVictim::whole);
            changed.add(turn);
        }
        Platform.requestNextPulse();
    }

    private void laidOut() {
        Conversation open = chat.open().conversation();
        for (Turn turn : List.copyOf(changed)) {
            Reached now = reached.get(turn);
            if (now != null && turn.conversation().equals(open)) {
                changed.remove(turn);
                Turn parent = turn.parent();
                say(new Shown(
                                turn.requestId(),
                                open.id(),
                                parent == null ? null : parent.requestId(),
                                now.state,
                                now.thinking,
                                now.answer,
                                turn.prompt().text())
                        .line());
            }
        }
        if (!ready) {
            ready = true;
            say(READY);
        }
    }

    @SuppressWarnings("SystemOut") // Whoever started this process reads it there.
    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
