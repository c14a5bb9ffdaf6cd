package dev.kansoku.history;

import dev.kansoku.chat.Attachment;
import dev.kansoku.chat.KeptTurn;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.Turn;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Outcome;
import dev.kansoku.measure.Segment;
import dev.kansoku.measure.SegmentKind;
import dev.kansoku.measure.Segments;
import dev.kansoku.measure.TurnResources;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.ReplyFigures;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fills files of the history with conversations as they come, the same for the same seed. */
public final class SampleHistory {

    private static final Instant BEGIN = Instant.parse("2027-03-01T12:00:00Z");
    private static final List<String> PIECES = List.of(
            "Hello",
            " ",
            "\n",
            "\"quoted\"",
            "\\",
            "日本語",
            "🙂",
            "é",
            "\u0000",
            "\u2028",
            "\uD83D",
            "\uDE42",
            "# x\n```\n",
            "\t");

    private final Random random;
    private Instant clock = BEGIN;

    public SampleHistory(long seed) {
        random = new Random(seed);
    }

    /** Writes into a file that nobody has open. */
    public void fill(Path file, int conversations) throws SQLException, IOException {
        try (Sql sql = new HistoryFile(file).openToWrite()) {
            sql.atomically(all -> {
                for (int i = 0; i < conversations; i++) {
                    conversation(all, random.nextInt(8));
                }
            });
        }
    }

    /** One conversation of turns that say little. */
    public UUID plain(Path file, int turns) throws SQLException, IOException {
        UUID[] id = new UUID[1];
        try (Sql sql = new HistoryFile(file).openToWrite()) {
            sql.atomically(all -> id[0] = plain(all, turns));
        }
        return id[0];
    }

    private UUID plain(Sql sql, int turns) throws SQLException {
        UUID id = uuid();
        ConversationRows.add(sql, head(id, false));
        long row = ConversationRows.id(sql, id).orElseThrow();
        @Nullable UUID parent = null;
        for (int i = 0; i < turns; i++) {
            tick();
            KeptTurn turn = new KeptTurn(
                    uuid(),
                    new UUID(1, 2),
                    parent,
                    true,
                    "granite3.2:2b",
                    ModelOptions.DEFAULTS,
                    Prompt.of("What is number " + i + "?"),
                    clock,
                    0,
                    false,
                    Turn.State.FINISHED,
                    "",
                    "Number " + i + " is a number. ".repeat(20),
                    null);
            long added = TurnRows.add(sql, row, turn, turn.state());
            TurnRows.fold(sql, added, turn.thinking(), turn.answer());
            parent = turn.id();
        }
        return id;
    }

    private void conversation(Sql sql, int turns) throws SQLException {
        UUID id = uuid();
        ConversationRows.add(sql, head(id, random.nextInt(4) == 0));
        long row = ConversationRows.id(sql, id).orElseThrow();
        var parents = new ArrayList<UUID>();
        for (int i = 0; i < turns; i++) {
            tick();
            @Nullable
            UUID parent =
                    parents.isEmpty() || random.nextInt(6) == 0 ? null : parents.get(random.nextInt(parents.size()));
            Turn.State state = any(Turn.State.values());
            String answer = text();
            KeptTurn turn = new KeptTurn(
                    uuid(),
                    uuid(),
                    parent,
                    false,
                    random.nextBoolean() ? "tinyllama" : "granite3.2:2b",
                    random.nextBoolean() ? ModelOptions.DEFAULTS : options(),
                    new Prompt(
                            text(),
                            random.nextInt(3) > 0 ? List.of() : List.of(new Attachment(text()), new Attachment("x"))),
                    clock,
                    random.nextInt(3) > 0 ? 0 : random.nextInt(answer.length() + 1),
                    random.nextInt(4) == 0,
                    state.isOver() ? state : Turn.State.CUT_OFF,
                    random.nextBoolean() ? "" : text(),
                    answer,
                    state == Turn.State.FAILED ? error() : null);
            parents.add(turn.id());
            long added = TurnRows.add(sql, row, turn, state);
            choose(sql, row, turn);
            TurnRows.become(sql, turn.id(), state, turn.error());
            if (random.nextInt(4) > 0) {
                TurnRows.measured(sql, added, measurement(turn.demo()));
            }
            if (state.isOver()) {
                TurnRows.fold(sql, added, turn.thinking(), turn.answer());
            } else {
                TurnRows.addPart(sql, added, false, 0, "It has ");
                TurnRows.addPart(sql, added, false, 7, "begun");
            }
        }
    }

    private static void choose(Sql sql, long conversation, KeptTurn turn) throws SQLException {
        sql.run(
                "UPDATE turns SET chosen = (uuid = ?1) FROM (SELECT parent AS p FROM turns WHERE uuid = ?1)"
                        + " WHERE conversation = ?2 AND parent IS p",
                turn.id(),
                conversation);
    }

    private ArchivedConversation head(UUID id, boolean trashed) {
        tick();
        return new ArchivedConversation(
                id,
                "About " + text(),
                random.nextBoolean(),
                clock,
                clock.plus(1, ChronoUnit.HOURS),
                random.nextInt(4) == 0,
                trashed ? Instant.now().truncatedTo(ChronoUnit.MICROS) : null);
    }

    /** Sometimes not at all, so that numbers of rows collide. */
    private void tick() {
        clock = clock.plus(random.nextInt(3), ChronoUnit.MICROS);
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private String text() {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> T any(T[] values) {
        return List.of(values).get(random.nextInt(values.length));
    }

    private Duration duration() {
        return Duration.ofNanos(random.nextLong(100_000_000_000L));
    }

    private ModelOptions options() {
        return new ModelOptions(
                maybe(() -> 4096),
                maybe(() -> -1),
                maybe(() -> 2),
                maybe(() -> 0),
                maybe(random::nextInt),
                maybe(random::nextDouble),
                maybe(() -> 40),
                maybe(random::nextDouble),
                maybe(random::nextDouble),
                maybe(random::nextDouble),
                maybe(() -> List.of("stop", text())));
    }

    private OllamaError error() {
        Class<?>[] kinds = OllamaError.class.getPermittedSubclasses();
        return error(kinds[random.nextInt(kinds.length)]);
    }

    static OllamaError error(Class<?> kind) {
        RecordComponent[] components = kind.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> {
                    if (component.getType() == int.class) {
                        return (Object) 599;
                    }
                    return component.getType().isEnum()
                            ? component.getType().getEnumConstants()[1]
                            : "the " + component.getName();
                })
                .toArray();
        try {
            var constructor = kind.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return (OllamaError) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(kind.getName(), e);
        }
    }

    private KeptMeasurement measurement(boolean demo) {
        return new KeptMeasurement(
                clock.plusNanos(random.nextInt(1_000_000_000)),
                any(Outcome.values()),
                demo,
                random.nextBoolean(),
                maybe(() -> "0.32.15"),
                any(LoadVerdict.values()),
                new Segments(
                        random.nextBoolean()
                                ? List.of()
                                : Arrays.stream(SegmentKind.values())
                                        .map(kind -> new Segment(kind, duration()))
                                        .toList(),
                        duration(),
                        random.nextBoolean()),
                maybe(this::duration),
                maybe(this::duration),
                maybe(() -> 8192),
                maybe(() -> new TurnResources(
                        maybe(random::nextDouble),
                        4,
                        maybe(() -> 2),
                        maybe(random::nextDouble),
                        maybe(random::nextDouble),
                        maybe(random::nextDouble),
                        maybe(random::nextDouble))),
                maybe(() -> new ReplyFigures(
                        maybe(() -> "stop"),
                        maybe(this::duration),
                        maybe(this::duration),
                        maybe(() -> 26L),
                        maybe(() -> 12L),
                        maybe(this::duration),
                        maybe(() -> Long.MAX_VALUE),
                        maybe(this::duration))));
    }
}
