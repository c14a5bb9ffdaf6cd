package dev.kansoku.ui.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.history.ConversationSummary;
import dev.kansoku.history.SearchHit;
import dev.kansoku.history.SearchQuery;
import dev.kansoku.history.Snippet;
import dev.kansoku.measure.LoadVerdict;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchViewModelTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final ConversationSummary CONVERSATION =
            new ConversationSummary(new UUID(0, 1), "Sea", NOW, false, null);

    /** Has so many hits for everything, and answers when it is told to. */
    private static final class Archive implements SearchViewModel.Source {

        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private final List<SearchQuery> asked = new ArrayList<>();
        private int interrupts;
        private int hits = 3;

        @Override
        public Executor background() {
            return waiting::add;
        }

        @Override
        public List<SearchHit> search(SearchQuery query, int most) {
            asked.add(query);
            return IntStream.range(0, Math.min(most, hits))
                    .mapToObj(i -> new SearchHit(
                            CONVERSATION,
                            new UUID(1, i),
                            SearchHit.Kind.ANSWER,
                            "Granite3.2:2b",
                            false,
                            NOW,
                            new Snippet(query.text(), List.of())))
                    .toList();
        }

        @Override
        public void interrupt() {
            interrupts++;
        }

        void answer() {
            while (!waiting.isEmpty()) {
                waiting.remove().run();
            }
        }
    }

    private final Archive archive = new Archive();
    private final SearchViewModel search =
            new SearchViewModel(archive, Runnable::run, Clock.fixed(NOW, ZoneId.of("Asia/Tokyo")));

    private SearchViewModel.Result result() {
        return Objects.requireNonNull(search.resultProperty().get(), "nothing was found yet");
    }

    private SearchQuery asked() {
        archive.answer();
        return archive.asked.getLast();
    }

    @Test
    void whatWasTypedOverIsNotSearchedForAndNeverShown() {
        search.textProperty().set("s");
        search.textProperty().set("se");
        search.textProperty().set("sea");
        assertThat(archive.asked).as("searched on the thread of the window").isEmpty();
        archive.answer();
        assertThat(archive.asked).extracting(SearchQuery::text).containsExactly("sea");
        assertThat(result().query().text()).isEqualTo("sea");
    }

    @Test
    void aSearchThatIsOvertakenIsEnded() {
        search.textProperty().set("s");
        int before = archive.interrupts;
        search.textProperty().set("se");
        assertThat(archive.interrupts).isEqualTo(before + 1);
    }

    @Test
    void theResultBeforeStaysUntilTheNextIsThere() {
        search.textProperty().set("s");
        archive.answer();
        search.textProperty().set("se");
        assertThat(result().query().text()).isEqualTo("s");
        archive.answer();
        assertThat(result().query().text()).isEqualTo("se");
    }

    @Test
    void blanksAskForNothing() {
        search.textProperty().set("  ");
        archive.answer();
        assertThat(archive.asked).isEmpty();
        assertThat(search.activeProperty().get()).isFalse();
    }

    @Test
    void clearingEndsTheSearchAtOnceEvenWhileItRuns() {
        search.textProperty().set("sea");
        archive.answer();
        search.failedProperty().set(true);
        search.clear();
        assertThat(search.activeProperty().get()).isFalse();
        assertThat(search.resultProperty().get()).isNull();
        archive.answer();
        assertThat(search.resultProperty().get()).as("what came too late").isNull();
    }

    @Test
    void everyFilterNarrowsTheSearchAndCanBeTakenAway() {
        search.modelProperty().set("tinyllama");
        assertThat(asked().model()).isEqualTo("tinyllama");
        search.verdictProperty().set(LoadVerdict.COLD);
        assertThat(asked().verdict()).isEqualTo(LoadVerdict.COLD);
        search.failedProperty().set(true);
        assertThat(asked().failed()).isTrue();
        search.periodProperty().set(Period.LAST_7_DAYS);
        assertThat(asked().since()).isEqualTo(Instant.parse("2026-11-15T10:00:00Z"));
        assertThat(result().isNarrowed()).isTrue();

        search.textProperty().set("sea");
        search.modelProperty().set(null);
        search.verdictProperty().set(null);
        search.failedProperty().set(false);
        search.periodProperty().set(null);
        assertThat(asked()).isEqualTo(new SearchQuery("sea", null, null, false, null));
        assertThat(result().isNarrowed()).isFalse();
    }

    @Test
    void aFilterAloneIsASearch() {
        search.verdictProperty().set(LoadVerdict.COLD);
        assertThat(search.activeProperty().get()).isTrue();
        search.verdictProperty().set(null);
        assertThat(search.activeProperty().get()).isFalse();
    }

    @Test
    void todayBeginsAtTheUsersMidnight() {
        search.periodProperty().set(Period.TODAY);
        assertThat(asked().since()).isEqualTo(Instant.parse("2026-11-21T15:00:00Z"));
    }

    @Test
    void ofManyHitsOnePageIsShownAndMoreWhenAskedFor() {
        archive.hits = 70;
        search.textProperty().set("sea");
        archive.answer();
        assertThat(result().hits()).hasSize(SearchViewModel.PAGE);
        assertThat(result().more()).isTrue();
        search.more();
        search.more();
        archive.answer();
        assertThat(result().hits()).hasSize(70);
        assertThat(result().more()).isFalse();
        search.more();
        archive.answer();
        assertThat(archive.asked).hasSize(2);

        search.textProperty().set("se");
        archive.answer();
        assertThat(result().hits()).as("of another search").hasSize(SearchViewModel.PAGE);
    }

    @Test
    void theModelsToChooseFromAreTheInstalledOnesAndThoseThatWereFound() {
        assertThat(search.models(List.of("tinyllama"))).containsExactly("tinyllama");
        search.textProperty().set("sea");
        archive.answer();
        assertThat(search.models(List.of("tinyllama:latest", "granite3.2:2b")))
                .containsExactly("Granite3.2:2b", "tinyllama:latest");
    }
}
