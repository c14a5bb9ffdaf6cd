package dev.kansoku.ui.search;

import dev.kansoku.history.History;
import dev.kansoku.history.HistoryReader;
import dev.kansoku.history.SearchHit;
import dev.kansoku.history.SearchQuery;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Searches the history, with a reader and on a thread of its own. */
public final class SearchedHistory implements SearchViewModel.Source, AutoCloseable {

    // A platform thread: native calls pin virtual ones.
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("history-search").factory());

    private final HistoryReader reader;

    public SearchedHistory(History history) {
        reader = history.reader();
    }

    @Override
    public Executor background() {
        return thread;
    }

    @Override
    public List<SearchHit> search(SearchQuery query, int most) {
        return reader.search(query, most);
    }

    @Override
    public void interrupt() {
        reader.interrupt();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        reader.interrupt();
        reader.close();
    }
}
