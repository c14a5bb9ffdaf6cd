package dev.kansoku.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kansoku.chat.Attachment;
import dev.kansoku.chat.ChatService;
import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.KeptTurn;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.ScriptedChat;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.history.HistoryReader.Listing;
import dev.kansoku.history.SaidModel.Said;
import dev.kansoku.history.SaidModel.Talk;
import dev.kansoku.measure.Measured;
import dev.kansoku.measure.Outcome;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.ScriptedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A random user of a chat whose history is kept, and what should have been kept of it. */
final class HistoryStory implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int PAGE = 2;
    private static final int MOST_CONVERSATIONS = 6;

    /** What the server does with a prompt: its first word. */
    private enum How {
        FINISH,
        BREAK,
        FAIL,
        /** Goes on until it is stopped. */
        HOLD
    }

    private final Path file;
    private final Random random;
    private final List<String> told = new ArrayList<>();
    private final SaidModel model = new SaidModel();
    private final Map<UUID, TurnMeasurement> measurements = new ConcurrentHashMap<>();
    private final Map<Turn, TurnEvent> heard = new ConcurrentHashMap<>();
    private volatile Instant now = ScriptedChat.NOW;
    private int prompts;
    private int restarts;

    // Of this run of the program

    private ScriptedChat chat;
    private History history;
    private HistoryReader reader;
    private Map<UUID, Conversation> conversations = new HashMap<>();

    HistoryStory(Path file, long seed) {
        this.file = file;
        random = new Random(seed);
        chat = chat();
        history = history();
        reader = history.reader();
    }

    /** What was done so far, a step a line. */
    String told() {
        return String.join("\n", told);
    }

    int restarts() {
        return restarts;
    }

    @Override
    public void close() {
        reader.close();
        history.close();
        chat.close();
    }

    /** Wired as in the program. */
    private History history() {
        var opened = new History(file, () -> now);
        ChatService service = chat.service();
        service.listen(opened);
        service.observe(opened, Runnable::run);
        service.observe(
                event -> {
                    if (event instanceof TurnEvent.Ended ended) {
                        TurnMeasurement measurement = measurement(ended);
                        measurements.put(ended.turn().requestId(), measurement);
                        opened.measured(measurement);
                    }
                    heard.put(event.turn(), event);
                },
                Runnable::run);
        opened.start();
        return opened;
    }

    private static TurnMeasurement measurement(TurnEvent.Ended ended) {
        var measured =
                new Measured().turn(ended.turn()).decode(ended.turn().answer().length(), 1);
        return switch (ended) {
            case TurnEvent.Finished finished -> measured.make();
            case TurnEvent.Incomplete incomplete ->
                measured.brokenOff(Outcome.INCOMPLETE).make();
            case TurnEvent.Stopped stopped ->
                measured.brokenOff(Outcome.STOPPED).make();
            case TurnEvent.Failed failed -> measured.failed(failed.error()).make();
        };
    }

    // The server

    private ScriptedChat chat() {
        var made = new ScriptedChat(() -> now);
        made.server().on("/api/chat", HistoryStory::answer);
        return made;
    }

    private static void answer(ScriptedServer.Exchange exchange) throws IOException {
        JsonNode messages = JSON.readTree(exchange.body()).get("messages");
        int last = messages.size() - 1;
        // What is to go on has its beginning after the prompt.
        String prompt = text(messages, text(messages, last).startsWith("p") ? last : last - 1);
        exchange.stream();
        if (!thinking(prompt).isEmpty()) {
            exchange.line(ScriptedServer.thinking(thinking(prompt)));
        }
        for (String word : words(prompt)) {
            exchange.line(ScriptedServer.chunk(word));
        }
        switch (how(prompt)) {
            case FINISH -> {
                exchange.line(ScriptedServer.done());
                exchange.end();
            }
            case BREAK -> exchange.end();
            case FAIL -> exchange.reset();
            case HOLD -> exchange.awaitClientGone();
        }
    }

    private static String text(JsonNode messages, int index) {
        return messages.get(index).get("content").textValue();
    }

    /** A prompt reads "p7 HOLD 4 …": its name, what becomes of it and how many words its answer has. */
    private static String part(String prompt, int index) {
        return prompt.split(" ", -1)[index];
    }

    private static How how(String prompt) {
        return How.valueOf(part(prompt, 1));
    }

    private static List<String> words(String prompt) {
        return IntStream.rangeClosed(1, Integer.parseInt(part(prompt, 2)))
                .mapToObj(i -> "a" + part(prompt, 0) + "-" + i + " ")
                .toList();
    }

    private static String thinking(String prompt) {
        return Integer.parseInt(part(prompt, 2)) % 3 == 0 ? "t" + part(prompt, 0) + " " : "";
    }

    private Prompt prompt() {
        How how = How.values()[random.nextInt(How.values().length)];
        String text = "p" + ++prompts + " " + how + " " + random.nextInt(5) + " x" + " x".repeat(random.nextInt(50));
        return random.nextInt(4) == 0
                ? new Prompt(text, List.of(new Attachment("attached to " + prompts)))
                : Prompt.of(text);
    }

    // The user

    void step() throws SQLException, IOException {
        now = now.plus(
                switch (random.nextInt(12)) {
                    case 0 -> Duration.ofSeconds(-5);
                    case 1, 2, 3 -> Duration.ZERO;
                    case 4 -> Duration.ofDays(4);
                    case 5, 6 -> Duration.ofNanos(1000);
                    default -> Duration.ofSeconds(1);
                });
        int dice = random.nextInt(100);
        if (model.talks().isEmpty() || dice < 4) {
            begin();
            return;
        }
        Talk talk = any(model.talks());
        Said said = any(talk.turns());
        if (dice < 28) {
            send(talk);
        } else if (dice < 36) {
            stop(talk);
        } else if (dice < 43) {
            edit(talk, said);
        } else if (dice < 49) {
            again(talk, said);
        } else if (dice < 54) {
            goOn(talk, said);
        } else if (dice < 62) {
            choose(talk, said);
        } else if (dice < 68) {
            unqueue(talk);
        } else if (dice < 73) {
            rename(talk);
        } else if (dice < 78) {
            pin(talk);
        } else if (dice < 83) {
            trash(talk);
        } else if (dice < 88) {
            takeBack(talk);
        } else if (dice < 91) {
            purge(talk);
        } else {
            restart();
        }
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void tell(String step) {
        told.add((told.size() + 1) + ". " + step);
    }

    private void begin() {
        if (model.talks().size() < MOST_CONVERSATIONS) {
            Conversation conversation = chat.service().newConversation();
            conversations.put(conversation.id(), conversation);
            Talk talk = new Talk(conversation.id(), micros(now));
            model.begin(talk);
            send(talk);
        }
    }

    /** As exactly as times are kept. */
    private static Instant micros(Instant time) {
        return Sql.instant(Sql.micros(time));
    }

    private void send(Talk talk) {
        Prompt prompt = prompt();
        ModelOptions options = random.nextInt(3) == 0
                ? new ModelOptions(2048, null, null, null, random.nextInt(9), null, null, null, null, null, null)
                : ModelOptions.DEFAULTS;
        Turn turn = chat.service().send(conversation(talk), "model" + random.nextInt(3), options, prompt);
        sent(talk, turn, talk.tip(), "");
        tell("send %s in %s: \"%s\"".formatted(turn.requestId(), talk.id(), prompt.text()));
    }

    private Conversation conversation(Talk talk) {
        return Objects.requireNonNull(conversations.get(talk.id()));
    }

    private Turn turn(Talk talk, Said said) {
        return conversation(talk).turns().stream()
                .filter(turn -> turn.requestId().equals(said.id()))
                .findFirst()
                .orElseThrow();
    }

    private void edit(Talk talk, Said said) {
        Turn turn = chat.service().edit(turn(talk, said), "model9", prompt());
        tell("edit %s, as %s: \"%s\""
                .formatted(said.id(), turn.requestId(), turn.prompt().text()));
        sent(talk, turn, said.parent(), "");
    }

    private void again(Talk talk, Said said) {
        Turn turn = chat.service().again(turn(talk, said), "model8");
        tell("again %s, as %s".formatted(said.id(), turn.requestId()));
        sent(talk, turn, said.parent(), "");
    }

    private void goOn(Talk talk, Said said) {
        if (said.isOver()) {
            Turn turn = chat.service().goOn(turn(talk, said));
            tell("go on from %s, as %s".formatted(said.id(), turn.requestId()));
            sent(talk, turn, said.parent(), said.answer());
        }
    }

    private void sent(Talk talk, Turn turn, @Nullable Said parent, String begun) {
        var said = new Said(
                turn.requestId(),
                chat.service().sessionId(),
                parent,
                turn.model(),
                turn.options(),
                turn.prompt(),
                micros(now),
                begun);
        if (talk.send(said)) {
            run(talk, said);
        }
    }

    /** Waits until the program is as far as the server goes. */
    private void run(Talk talk, Said said) {
        Turn turn = turn(talk, said);
        String prompt = said.prompt().text();
        int before = said.answer().length();
        said.write(thinking(prompt), String.join("", words(prompt)));
        if (how(prompt) == How.HOLD) {
            boolean silent =
                    said.answer().length() == before && thinking(prompt).isEmpty();
            await("all words of " + said.id(), () -> switch (heard.get(turn)) {
                case TurnEvent.Chunk chunk ->
                    chunk.answerLength() == said.answer().length();
                case TurnEvent.Started started -> silent;
                case null, default -> false;
            });
        } else {
            ended(talk, said);
        }
    }

    /** Waits for the end of a turn, and for the next one to come as far as it can. */
    private void ended(Talk talk, Said said) {
        Turn turn = turn(talk, said);
        await("the end of " + said.id(), () -> heard.get(turn) instanceof TurnEvent.Ended);
        said.end(
                turn.state().equals(Turn.State.STOPPED)
                        ? Turn.State.STOPPED
                        : switch (how(said.prompt().text())) {
                            case FINISH -> Turn.State.FINISHED;
                            case BREAK -> Turn.State.INCOMPLETE;
                            case FAIL -> Turn.State.FAILED;
                            case HOLD -> Turn.State.STOPPED;
                        },
                turn.error());
        @Nullable Said next = talk.next();
        if (next == null) {
            await("the end of all", () -> !chat.service().isBusy(conversation(talk)));
        } else {
            run(talk, next);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(condition::getAsBoolean);
    }

    private void stop(Talk talk) {
        @Nullable Said running = talk.running();
        if (running != null) {
            tell("stop %s".formatted(running.id()));
            chat.service().stop(turn(talk, running));
            ended(talk, running);
        }
    }

    private void choose(Talk talk, Said said) {
        tell("choose %s".formatted(said.id()));
        chat.service().choose(turn(talk, said));
        talk.choose(said);
    }

    private void unqueue(Talk talk) {
        List<Said> waiting = talk.waiting();
        if (!waiting.isEmpty()) {
            Said said = any(waiting);
            tell("take back %s".formatted(said.id()));
            assertThat(chat.service().unqueue(turn(talk, said)))
                    .as("taken back")
                    .isTrue();
            talk.remove(said);
        }
    }

    private void rename(Talk talk) {
        talk.title("title " + told.size());
        tell("rename %s".formatted(talk.id()));
        history.rename(talk.id(), talk.title());
    }

    private void pin(Talk talk) {
        talk.pin(!talk.isPinned());
        tell("pin %s: %s".formatted(talk.id(), talk.isPinned()));
        history.pin(List.of(talk.id()), talk.isPinned());
    }

    private void trash(Talk talk) {
        tell("throw away %s".formatted(talk.id()));
        history.trash(List.of(talk.id()));
        talk.trash(micros(now));
    }

    private void takeBack(Talk talk) {
        tell("undo for %s".formatted(talk.id()));
        history.restore(List.of(talk.id()));
        talk.restore();
    }

    /** As the window does it: what runs there is told to stop, and ends later. */
    private void purge(Talk talk) {
        tell("purge %s".formatted(talk.id()));
        for (Turn turn : conversation(talk).turns()) {
            if (!chat.service().unqueue(turn)) {
                chat.service().stop(turn);
            }
        }
        history.purge(List.of(talk.id()));
        Conversation gone = conversation(talk);
        model.forget(talk);
        await("the end of all", () -> !chat.service().isBusy(gone));
    }

    /** The program ends in the midst of what runs, and is started again. */
    void restart() throws SQLException, IOException {
        restarts++;
        tell("restart at %s".formatted(now));
        reader.close();
        history.close();
        chat.close();
        examine();
        model.cutOff();
        List<Talk> expired = model.expire(now.minus(History.TRASH));
        chat = chat();
        history = history();
        reader = history.reader();
        for (Talk talk : expired) {
            await("the trash is emptied", () -> reader.open(talk.id()).isEmpty());
        }
        compare();
    }

    // What was kept

    private void examine() throws SQLException, IOException {
        try (Sql sql = new HistoryFile(file).openToWrite()) {
            assertThat(sql.list(row -> row.getString(1), "PRAGMA integrity_check"))
                    .containsExactly("ok");
            sql.run("INSERT INTO search (search) VALUES ('integrity-check')");
        }
    }

    private void compare() {
        for (Listing listing : Listing.values()) {
            assertThat(list(listing)).as("list of " + listing).isEqualTo(model.list(listing));
        }
        conversations = new HashMap<>();
        for (Talk talk : model.talks()) {
            OpenedConversation opened = reader.open(talk.id()).orElseThrow();
            Conversation conversation = opened.conversation();
            conversations.put(talk.id(), conversation);
            assertThat(opened.title()).as("title").isEqualTo(talk.title());
            assertThat(conversation.createdAt()).as("time").isEqualTo(talk.createdAt());
            assertThat(conversation.turns().stream().map(KeptTurn::of).toList())
                    .as("turns of %s", talk.id())
                    .isEqualTo(talk.kept());
            assertThat(conversation.path().stream().map(Turn::requestId).toList())
                    .as("path of %s", talk.id())
                    .isEqualTo(talk.path().stream().map(Said::id).toList());
            for (Turn turn : conversation.turns()) {
                @Nullable TurnMeasurement taken = measurements.get(turn.requestId());
                assertThat(opened.measurement(turn).map(KeptMeasurement::of).orElse(null))
                        .as("what %s took", turn.requestId())
                        .isEqualTo(
                                turn.state() == Turn.State.CUT_OFF || taken == null ? null : KeptMeasurement.of(taken));
            }
        }
    }

    private List<ConversationSummary> list(Listing listing) {
        var all = new ArrayList<ConversationSummary>();
        List<ConversationSummary> page = reader.list(listing, null, PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = reader.list(listing, page.getLast(), PAGE);
        }
        return all;
    }
}
