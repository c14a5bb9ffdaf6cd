package dev.kansoku.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.KeptTurn;
import dev.kansoku.chat.Turn;
import dev.kansoku.history.HistoryReader.Listing;
import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.settings.Folders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the program at random moments and looks at what it has kept: {@code -Dkills=100} times, and as often as in an
 * earlier run with {@code -Dkills.seed=…}.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("kills", 10);
    private static final long SEED = Long.getLong("kills.seed", System.nanoTime());

    /** What was on the screen for longer than this before a kill must have been kept. */
    private static final Duration KEPT_AFTER = Duration.ofMillis(250);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PAGE = 50;

    /** A line of the program, and when it was read. */
    private record Line(String text, long nanos) {}

    /**
     * What was on the screen.
     *
     * @param age how long before the kill that followed
     */
    private record Seen(KillVictim.Shown shown, int kill, Duration age) {}

    /** A turn as it was read. */
    private record Read(UUID conversation, KeptTurn turn) {}

    @TempDir
    private Path home;

    private final Random random = new Random(SEED);
    private final List<Seen> seen = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private Map<UUID, Read> known = Map.of();
    private Duration longestLost = Duration.ZERO;

    @Test
    @SuppressWarnings("SystemOut") // For the record in docs/history.md.
    void whatWasOnTheScreenSurvivesKills() throws IOException, InterruptedException, SQLException {
        try (ScriptedServer server = KillAnswers.serve()) {
            for (int kill = 1; kill <= KILLS; kill++) {
                run(server, kill);
                // Now and then the program itself is the next to open the file.
                if (kill == KILLS || random.nextInt(3) > 0) {
                    look();
                }
                assertThat(problems).as("After kill %d of seed %d", kill, SEED).isEmpty();
            }
        }
        System.out.printf(
                "%d kills, seed %d: %d turns in %d conversations, %d of them finished, %d cut off;"
                        + " the oldest text that was lost had been on the screen for %d ms%n",
                KILLS,
                SEED,
                known.size(),
                known.values().stream().map(Read::conversation).distinct().count(),
                count(Turn.State.FINISHED),
                count(Turn.State.CUT_OFF),
                longestLost.toMillis());
    }

    private long count(Turn.State state) {
        return known.values().stream()
                .filter(read -> read.turn.state() == state)
                .count();
    }

    private void run(ScriptedServer server, int kill) throws IOException, InterruptedException {
        Path errors = home.resolve("errors");
        Process victim = start(server, kill, errors);
        var lines = new CopyOnWriteArrayList<Line>();
        Thread reading = Thread.ofPlatform().start(() -> read(victim.inputReader(), lines));
        if (random.nextInt(5) > 0) {
            Awaitility.await("words on the screen")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> !victim.isAlive() || isWriting(lines));
        }
        boolean ended = victim.waitFor(random.nextInt(100, 1600), TimeUnit.MILLISECONDS);
        long killed = System.nanoTime();
        // Unlike Process.destroyForcibly() this leaves what it has said to be read.
        victim.toHandle().destroyForcibly();
        victim.waitFor();
        reading.join();
        if (ended) {
            problems.add("The program ended by itself: " + Files.readString(errors));
        }
        for (Line line : lines) {
            KillVictim.Shown shown = KillVictim.Shown.parse(line.text);
            // A line that was read later may be half a line.
            if (shown != null && killed - line.nanos > 0) {
                seen.add(new Seen(shown, kill, Duration.ofNanos(killed - line.nanos)));
            }
        }
    }

    private Process start(ScriptedServer server, int kill, Path errors) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dglass.platform=Headless",
                "-Dprism.order=sw",
                "-Duser.language=en",
                "-Duser.country=US",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                KillVictim.class.getName(),
                home.toString(),
                "127.0.0.1:" + server.port(),
                "" + random.nextLong(),
                "k" + kill));
        known.values().stream()
                .map(read -> read.conversation.toString())
                .distinct()
                .sorted()
                .skip(known.isEmpty() ? 0 : random.nextInt(known.size()))
                .limit(1)
                .forEach(command::add);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(errors.toFile()))
                .start();
    }

    private static void read(BufferedReader from, List<Line> to) {
        try (from) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                to.add(new Line(line, System.nanoTime()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isWriting(List<Line> lines) {
        return lines.stream()
                .map(line -> KillVictim.Shown.parse(line.text))
                .anyMatch(shown -> shown != null && !shown.state().isOver() && shown.answer() > 0);
    }

    // What was kept

    private void look() throws IOException, SQLException {
        Path path = Folders.in(home).data().resolve("history.db");
        Map<UUID, Read> now = open(path);
        known.forEach((id, before) -> compare(before, now.get(id)));
        seen.forEach(one -> compare(one, now.get(one.shown.turn())));
        var prompts = new HashSet<String>();
        for (Read read : now.values()) {
            examine(read);
            if (!prompts.add(read.turn.prompt().text())) {
                problems.add(name(read.turn) + " is there twice.");
            }
        }
        examine(path);
        seen.clear();
        known = now;
    }

    /** As the program does it. */
    private static Map<UUID, Read> open(Path path) {
        var state = new CompletableFuture<HistoryState>();
        try (var history = new History(path, InstantSource.system())) {
            history.onState(state::complete);
            history.start();
            assertThat(state.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
                    .as("whether the history can be written")
                    .isEqualTo(HistoryState.SAVING);
            try (HistoryReader reader = history.reader()) {
                return read(reader);
            }
        }
    }

    private static Map<UUID, Read> read(HistoryReader reader) {
        var turns = new HashMap<UUID, Read>();
        List<ConversationSummary> page = reader.list(Listing.OTHERS, null, PAGE);
        while (!page.isEmpty()) {
            for (ConversationSummary listed : page) {
                Conversation conversation =
                        reader.open(listed.id()).orElseThrow().conversation();
                assertThat(conversation.path()).as("path").containsExactlyElementsOf(conversation.turns());
                conversation
                        .turns()
                        .forEach(turn -> turns.put(turn.requestId(), new Read(conversation.id(), KeptTurn.of(turn))));
            }
            page = reader.list(Listing.OTHERS, page.getLast(), PAGE);
        }
        return turns;
    }

    private void compare(Read before, @Nullable Read now) {
        if (!before.equals(now)) {
            problems.add(name(before.turn) + " was kept and has changed since, from " + before + " to " + now);
        }
    }

    private void compare(Seen one, @Nullable Read now) {
        @Nullable String lost = lost(one.shown, now);
        if (lost == null) {
            return;
        }
        if (one.age.compareTo(longestLost) > 0) {
            longestLost = one.age;
        }
        if (one.age.compareTo(KEPT_AFTER) > 0) {
            problems.add("%s of \"%s\" had been on the screen for %d ms before kill %d"
                    .formatted(lost, one.shown.prompt(), one.age.toMillis(), one.kill));
        }
    }

    /** What of it is not there; {@code null} if all is. */
    private @Nullable String lost(KillVictim.Shown shown, @Nullable Read now) {
        if (now == null) {
            return "Nothing was kept, and the prompt";
        }
        KeptTurn turn = now.turn;
        if (!now.conversation.equals(shown.conversation())
                || !Objects.equals(turn.parent(), shown.parent())
                || !turn.prompt().text().equals(shown.prompt())) {
            problems.add(name(turn) + " stands in another place, or says something else, than on the screen.");
        }
        if (turn.answer().length() < shown.answer()) {
            return "%d characters of the answer were kept, but %d"
                    .formatted(turn.answer().length(), shown.answer());
        }
        if (turn.thinking().length() < shown.thinking()) {
            return "%d characters of the thinking were kept, but %d"
                    .formatted(turn.thinking().length(), shown.thinking());
        }
        return shown.state().isOver() && turn.state() != shown.state()
                ? "It was kept as %s, but %s".formatted(turn.state(), shown.state())
                : null;
    }

    private void examine(Read read) {
        KeptTurn turn = read.turn;
        var question = KillAnswers.Question.parse(turn.prompt().text());
        if (!question.conversation().equals(read.conversation)) {
            problems.add(name(turn) + " was sent in another conversation.");
        }
        if (!question.thinkingText().startsWith(turn.thinking())
                || !question.answerText().startsWith(turn.answer())) {
            problems.add(name(turn) + " holds what the server did not say: " + turn);
        }
        switch (turn.state()) {
            case FINISHED -> {
                if (!question.thinkingText().equals(turn.thinking())
                        || !question.answerText().equals(turn.answer())) {
                    problems.add(name(turn) + " is finished, but not whole: " + turn);
                }
            }
            case STOPPED, CUT_OFF -> {}
            default -> problems.add(name(turn) + " is " + turn.state() + ", " + turn.error());
        }
    }

    private static String name(KeptTurn turn) {
        return "\"" + turn.prompt().text() + "\"";
    }

    private void examine(Path path) throws IOException, SQLException {
        try (Sql sql = new HistoryFile(path).openToWrite()) {
            List<String> said = sql.list(row -> row.getString(1), "PRAGMA integrity_check");
            if (!said.equals(List.of("ok"))) {
                problems.add("The file is damaged: " + said);
            }
            sql.run("INSERT INTO search (search) VALUES ('integrity-check')");
            int open = sql.first(row -> row.getInt(1), "SELECT count(*) FROM turns WHERE indexed = 0")
                    .orElseThrow();
            int parts = sql.first(row -> row.getInt(1), "SELECT count(*) FROM parts")
                    .orElseThrow();
            if (open + parts > 0) {
                problems.add(open + " turns and " + parts + " parts were not put together.");
            }
        }
    }
}
