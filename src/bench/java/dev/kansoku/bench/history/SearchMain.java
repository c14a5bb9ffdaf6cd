package dev.kansoku.bench.history;

import dev.kansoku.bench.window.Orders;
import dev.kansoku.history.History;
import dev.kansoku.history.HistoryReader;
import dev.kansoku.history.SearchQuery;
import java.io.IOException;
import java.time.InstantSource;
import java.util.SplittableRandom;

/** Searches a history in the program's JVM, without a window (see {@link Orders}). */
public final class SearchMain {

    /** As many as the window asks for. */
    private static final int MOST = 50;

    private SearchMain() {}

    /**
     * Opens the history of this {@code KANSOKU_HOME}. Each order is a {@link Question} and how often it is asked, each time
     * with other words; the answer is a list of nanoseconds.
     */
    public static void main(String... arguments) throws IOException {
        Orders.obey(() -> {
            var history = new History(
                    dev.kansoku.settings.Folders.ofThisMachine().data().resolve("history.db"), InstantSource.system());
            history.start();
            HistoryReader reader = history.reader();
            var messages = new Messages();
            return (order, times) -> search(reader, messages, Question.valueOf(order), Integer.parseInt(times));
        });
    }

    private static long[] search(HistoryReader reader, Messages messages, Question question, int times) {
        var random = new SplittableRandom(question.name().hashCode());
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            var query = new SearchQuery(question.words(messages, random), null, null, false, null);
            long start = System.nanoTime();
            var _ = reader.search(query, MOST);
            nanos[i] = System.nanoTime() - start;
        }
        return nanos;
    }
}
