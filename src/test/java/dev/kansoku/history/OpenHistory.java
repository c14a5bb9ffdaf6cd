package dev.kansoku.history;

import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.chat.ScriptedChat;
import dev.kansoku.chat.Timeline;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.chat.TurnMaker;
import dev.kansoku.history.HistoryState.Problem;
import dev.kansoku.measure.Measured;
import dev.kansoku.ollama.OllamaAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A history as the program has it open, told of turns as the program does. */
final class OpenHistory implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path path;
    private final History history;
    private final HistoryReader reader;
    private final List<HistoryState> states = new CopyOnWriteArrayList<>();
    private final List<Recovery> recoveries = new CopyOnWriteArrayList<>();

    OpenHistory(Path file) {
        this(new HistoryFile(file));
    }

    OpenHistory(HistoryFile file) {
        path = file.path();
        history = new History(file, InstantSource.fixed(ScriptedChat.NOW));
        history.onState(states::add);
        history.onRecovered(recoveries::add);
        history.start();
        reader = history.reader();
    }

    History history() {
        return history;
    }

    HistoryReader reader() {
        return reader;
    }

    List<Recovery> recoveries() {
        return recoveries;
    }

    /** Tells of a turn that is over, from its beginning to its measurement. */
    Turn keep(Turn turn) {
        begin(turn);
        end(turn);
        return turn;
    }

    Turn keep(String prompt, String answer) {
        return keep(new TurnMaker().turn(Turn.State.FINISHED, prompt, "", answer));
    }

    void begin(Turn turn) {
        history.added(turn);
        history.on(new TurnEvent.Started(turn, ModelSnapshot.none(OllamaAddress.DEFAULT), 0));
    }

    void grow(Turn turn, String answer) {
        TurnMaker.write(turn, "", answer);
        history.on(new TurnEvent.Chunk(turn, turn.answer().length(), 0, 1, 0, 0));
    }

    void end(Turn turn) {
        history.on(new TurnEvent.Stopped(turn, new Timeline(0, null, null, 0)));
        history.measured(new Measured().turn(turn).make());
    }

    @Nullable
    Problem problem() {
        return states.isEmpty() ? null : states.getLast().problem();
    }

    void awaitProblem(Problem problem) {
        await("the problem " + problem, () -> problem() == problem);
    }

    void awaitSaving() {
        await("that it is saved", () -> !states.isEmpty() && states.getLast().isSaving());
    }

    /** Waits until the reader finds the whole answer. */
    void awaitKept(Turn turn) {
        await("a turn in the file", () -> turn.answer().toString().equals(answer(turn)));
    }

    /** Waits until the text of a turn that runs is in the file, which readers do not show before it is over. */
    void awaitWritten(Turn turn) {
        String text = turn.answer().toString();
        awaitSaving();
        await("the text of a turn that runs", () -> {
            try (Connection connection = connect(path);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*) FROM (SELECT group_concat(text, '') AS t"
                            + " FROM (SELECT turn, text FROM parts ORDER BY turn, start) GROUP BY turn) WHERE t = '"
                            + text + "'")) {
                return row.getInt(1) == 1;
            }
        });
    }

    void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    List<ConversationSummary> listed() {
        return reader.list(HistoryReader.Listing.OTHERS, null, 10_000);
    }

    @Nullable
    String answer(Turn turn) {
        return turns(turn.conversation().id()).stream()
                .filter(kept -> kept.requestId().equals(turn.requestId()))
                .map(kept -> kept.answer().toString())
                .findFirst()
                .orElse(null);
    }

    List<Turn> turns(UUID conversation) {
        return reader.open(conversation)
                .map(OpenedConversation::conversation)
                .map(Conversation::turns)
                .orElse(List.of());
    }

    @Override
    public void close() {
        reader.close();
        history.close();
    }

    /** Another program that has the file open. */
    static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    static void run(Path file, String... statements) throws SQLException {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    static Path beside(Path file, String ending) {
        return file.resolveSibling(Objects.requireNonNull(file.getFileName()) + ending);
    }
}
