package dev.kansoku.ui.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.ChatService;
import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.Engine;
import dev.kansoku.chat.KeptTurn;
import dev.kansoku.chat.ModelWatch;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.Turn;
import dev.kansoku.history.History;
import dev.kansoku.history.HistoryReader;
import dev.kansoku.history.OpenedConversation;
import dev.kansoku.history.SearchHit;
import dev.kansoku.measure.Measured;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.ollama.Timeouts;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A conversation of which the end is shown before the rest. */
class LongConversationTest {

    private static final Instant BEGUN = Instant.parse("2026-11-22T10:00:00Z");
    private static final String MODEL = "tinyllama";
    private static final String OTHER = "granite3.2:2b";
    private static final int TURNS = 300;
    private static final int END = OpenedConversation.END;

    @TempDir
    private Path folder;

    private final ScriptedServer server = ScriptedServer.start();
    private final OllamaClient client = new OllamaClient(server.address(), Timeouts.DEFAULT);
    private final UUID longOne = UUID.randomUUID();
    private final UUID shortOne = UUID.randomUUID();
    private History history;
    private HistoryReader reader;
    private ChatService service;

    @BeforeEach
    void fill() {
        history = new History(folder.resolve("history.db"), InstantSource.fixed(BEGUN));
        history.start();
        reader = history.reader();
        keep(shortOne, 3);
        keep(longOne, TURNS);
        var engine = new Engine(client);
        service = new ChatService(engine, new ModelWatch(engine), InstantSource.system());
    }

    @AfterEach
    void close() {
        service.close();
        reader.close();
        history.close();
        client.close();
        server.close();
    }

    /** The second turn has a branch that is not seen. */
    private void keep(UUID conversation, int turns) {
        var all = new ArrayList<KeptTurn>();
        @Nullable UUID last = null;
        for (int i = 0; i < turns; i++) {
            last = add(all, last, i < turns - END ? OTHER : MODEL, "prompt " + i, /* chosen= */ true);
        }
        add(all, all.getFirst().id(), MODEL, "another branch", /* chosen= */ false);
        Conversation.restore(conversation, BEGUN, all).turns().forEach(history::added);
        List<Turn> kept = Conversation.restore(conversation, BEGUN, all).turns();
        // Each turn that is sent is chosen.
        history.chosen(kept.get(turns - 1));
        history.measured(new Measured().turn(kept.get(2)).make());
        history.measured(new Measured().turn(kept.getLast()).contextLength(4096).make());
    }

    private static UUID add(List<KeptTurn> to, @Nullable UUID parent, String model, String prompt, boolean chosen) {
        UUID id = UUID.randomUUID();
        to.add(new KeptTurn(
                id,
                UUID.randomUUID(),
                parent,
                chosen,
                model,
                ModelOptions.DEFAULTS,
                Prompt.of(prompt),
                BEGUN,
                0,
                false,
                Turn.State.FINISHED,
                "",
                "an answer",
                null));
        return id;
    }

    private ConversationViewModel open(UUID id) {
        return new ConversationViewModel(reader.open(id).orElseThrow());
    }

    private static List<String> prompts(ConversationViewModel of) {
        return of.rows().stream()
                .filter(row -> row instanceof Row.Text text && text.speaker() == Speaker.USER)
                .map(row -> row.turn().prompt().text())
                .toList();
    }

    private static void showEarlier(ConversationViewModel of) {
        ConversationViewModel.Earlier earlier = of.earlier();
        earlier.make();
        earlier.show();
    }

    private static void assertWhole(ConversationViewModel shown) {
        assertThat(prompts(shown))
                .isEqualTo(
                        IntStream.range(0, TURNS).mapToObj(i -> "prompt " + i).toList());
    }

    @Test
    void itsEndIsShownUntilTheRestIsThere() {
        ConversationViewModel shown = open(longOne);
        assertThat(prompts(shown))
                .hasSize(END)
                .startsWith("prompt " + (TURNS - END))
                .endsWith("prompt " + (TURNS - 1));
        List<Row> before = List.copyOf(shown.rows());
        showEarlier(shown);
        assertWhole(shown);
        assertThat(shown.rows()
                        .subList(
                                shown.rows().size() - before.size(),
                                shown.rows().size()))
                .as("the rows that were shown before")
                .isEqualTo(before);
    }

    @Test
    void aShortOneIsShownAtOnce() {
        ConversationViewModel shown = open(shortOne);
        assertThat(prompts(shown)).containsExactly("prompt 0", "prompt 1", "prompt 2");
        showEarlier(shown);
        assertThat(prompts(shown)).hasSize(3);
    }

    @Test
    void theChangeOfTheModelBetweenBothIsShown() {
        ConversationViewModel shown = open(longOne);
        showEarlier(shown);
        assertThat(shown.rows())
                .filteredOn(Row.ModelChanged.class::isInstance)
                .singleElement()
                .satisfies(row -> assertThat(row.turn().prompt().text()).isEqualTo("prompt " + (TURNS - END)));
    }

    @Test
    void whatIsFoundFarUpIsThereAtOnceAndTheRestComesOnlyOnce() {
        ConversationViewModel shown = open(longOne);
        ConversationViewModel.Earlier coming = shown.earlier();
        coming.make();
        Turn third = shown.conversation().path().get(2);
        assertThat(shown.find(third, SearchHit.Kind.PROMPT, new Highlight("prompt")))
                .isPresent();
        assertWhole(shown);
        coming.show();
        assertWhole(shown);
    }

    @Test
    void whatATurnFarUpTookComesToWhoLookedAtItSooner() {
        OpenedConversation read = reader.open(longOne).orElseThrow();
        var shown = new ConversationViewModel(read);
        Turn third = shown.conversation().path().get(2);
        shown.find(third, SearchHit.Kind.PROMPT, new Highlight("prompt"));
        Row.Status status = status(shown, third);
        var told = new ArrayList<TurnMeasurement>();
        status.measurement().subscribe((before, now) -> told.add(now));
        assertThat(told).isEmpty();

        reader.readMeasurements(read);
        showEarlier(shown);
        assertThat(told)
                .singleElement()
                .satisfies(measurement -> assertThat(measurement.turn()).isEqualTo(third));
    }

    private static Row.Status status(ConversationViewModel of, Turn turn) {
        return of.rows().stream()
                .filter(Row.Status.class::isInstance)
                .map(Row.Status.class::cast)
                .filter(row -> row.turn().equals(turn))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anotherBranchFarUpIsShownAtOnce() {
        ConversationViewModel shown = open(longOne);
        ConversationViewModel.Earlier coming = shown.earlier();
        coming.make();
        Conversation conversation = shown.conversation();
        Turn other = conversation.branches(conversation.path().get(1)).getLast();
        service.choose(other);
        shown.showPath();
        coming.show();
        assertThat(prompts(shown)).containsExactly("prompt 0", "another branch");
    }

    @Test
    void howFullTheContextOfABranchFarUpIsComesWithTheRest() {
        OpenedConversation read = reader.open(longOne).orElseThrow();
        var shown = new ConversationViewModel(read);
        Conversation conversation = shown.conversation();
        service.choose(conversation.branches(conversation.path().get(1)).getLast());
        shown.showPath();
        assertThat(shown.contextProperty().get()).isNull();

        reader.readMeasurements(read);
        showEarlier(shown);
        assertThat(shown.contextProperty().get()).isNotNull();
    }

    @Test
    void whoWantsAnotherOneMeanwhileGetsThatAndNothingMoreOfTheFirst() {
        var wanted = new LinkedHashMap<UUID, Boolean>();
        var readings = new ArrayList<Runnable>();
        var chat = new ChatViewModel(service, new ChatViewModel.Kept() {
            @Override
            public void read(
                    UUID id,
                    Function<OpenedConversation, ConversationViewModel> made,
                    Predicate<ConversationViewModel> end,
                    Consumer<ConversationViewModel> whole) {
                readings.add(
                        () -> wanted.put(id, end.test(made.apply(reader.open(id).orElseThrow()))));
            }

            @Override
            public boolean isSaving() {
                return true;
            }
        });
        chat.open(longOne);
        chat.open(shortOne);
        readings.forEach(Runnable::run);
        assertThat(wanted).containsExactly(Map.entry(longOne, false), Map.entry(shortOne, true));
        assertThat(chat.open().conversation().id()).isEqualTo(shortOne);
    }

    @Test
    void whatIsSentMeanwhileStandsAtTheEnd() {
        ConversationViewModel shown = open(longOne);
        Turn sent = service.send(shown.conversation(), MODEL, ModelOptions.DEFAULTS, Prompt.of("and then?"));
        shown.sent(sent);
        showEarlier(shown);
        assertThat(prompts(shown)).hasSize(TURNS + 1).startsWith("prompt 0").endsWith("and then?");
    }
}
