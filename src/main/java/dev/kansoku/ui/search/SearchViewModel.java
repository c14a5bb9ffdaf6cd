package dev.kansoku.ui.search;

import dev.kansoku.history.SearchHit;
import dev.kansoku.history.SearchQuery;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.ollama.ModelName;
import dev.kansoku.ui.common.NewestOnly;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedCollection;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for, and what was found. Every key searches anew, in the background. Lives on the FX thread; knows no
 * controls and no words.
 */
public final class SearchViewModel {

    static final int PAGE = 50;

    /** Where to search. */
    public interface Source {

        /** Does one thing after the other. */
        Executor background();

        /** Called there; waits for the disk. */
        List<SearchHit> search(SearchQuery query, int most);

        /** Ends the search that is running, whose answer nobody wants any more. */
        void interrupt();
    }

    /**
     * What a search found.
     *
     * @param more whether there may be more than these
     */
    public record Result(SearchQuery query, List<SearchHit> hits, boolean more) {

        public boolean isNarrowed() {
            return query.model() != null || query.verdict() != null || query.since() != null || query.failed();
        }
    }

    private record Question(SearchQuery query, int most) {}

    private final Source source;
    private final Clock clock;
    private final StringProperty text = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable String> model = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Period> period = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable LoadVerdict> verdict = new SimpleObjectProperty<>();
    private final BooleanProperty failed = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper active = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Result> result = new ReadOnlyObjectWrapper<>();
    private final TreeMap<String, String> foundModels = new TreeMap<>();
    private final NewestOnly<Question, Result> searching;
    private int most = PAGE;

    /** @param back where this lives */
    public SearchViewModel(Source source, Executor back, Clock clock) {
        this.source = source;
        this.clock = clock;
        searching = new NewestOnly<>(source.background(), back, this::search, this::show);
        for (ObservableValue<?> part : List.of(text, model, period, verdict, failed)) {
            part.subscribe((before, now) -> {
                most = PAGE;
                ask();
            });
        }
    }

    private Result search(Question asked) {
        List<SearchHit> hits = source.search(asked.query(), asked.most());
        return new Result(asked.query(), hits, hits.size() >= asked.most());
    }

    private void ask() {
        SearchQuery query = query();
        boolean asks = !query.text().isBlank() || isNarrowed();
        source.interrupt();
        active.set(asks);
        if (asks) {
            searching.ask(new Question(query, most));
        } else {
            searching.forget();
            result.set(null);
        }
    }

    private SearchQuery query() {
        Period chosen = period.get();
        return new SearchQuery(
                text.get(), model.get(), verdict.get(), failed.get(), chosen == null ? null : chosen.start(clock));
    }

    private void show(Result found) {
        found.hits().stream()
                .map(SearchHit::model)
                .filter(Objects::nonNull)
                .forEach(name -> foundModels.putIfAbsent(key(name), name));
        result.set(found);
    }

    private static String key(String model) {
        return ModelName.withTag(model).toLowerCase(Locale.ROOT);
    }

    /** Finds more of the same, if there is more. */
    void more() {
        Result shown = result.get();
        if (shown != null && shown.more() && shown.hits().size() == most) {
            most += PAGE;
            ask();
        }
    }

    StringProperty textProperty() {
        return text;
    }

    /** {@code null}: any. */
    ObjectProperty<@Nullable String> modelProperty() {
        return model;
    }

    /** {@code null}: at any time. */
    ObjectProperty<@Nullable Period> periodProperty() {
        return period;
    }

    /** {@code null}: any. */
    ObjectProperty<@Nullable LoadVerdict> verdictProperty() {
        return verdict;
    }

    /** Only turns that failed. */
    BooleanProperty failedProperty() {
        return failed;
    }

    private boolean isNarrowed() {
        return model.get() != null || period.get() != null || verdict.get() != null || failed.get();
    }

    /** Whether anything is searched for. */
    ReadOnlyBooleanProperty activeProperty() {
        return active.getReadOnlyProperty();
    }

    /** {@code null} until something was searched for. While a search runs, the result of the one before. */
    ReadOnlyObjectProperty<@Nullable Result> resultProperty() {
        return result.getReadOnlyProperty();
    }

    /** Those to choose from: to look for all that ever answered would take too long. */
    SequencedCollection<String> models(Collection<String> installed) {
        var all = new TreeMap<>(foundModels);
        installed.forEach(name -> all.putIfAbsent(key(name), name));
        return all.sequencedValues();
    }

    public void clear() {
        model.set(null);
        period.set(null);
        verdict.set(null);
        failed.set(false);
        text.set("");
    }
}
