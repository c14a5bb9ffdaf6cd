package dev.kansoku.ui.chat;

import dev.kansoku.history.History;
import dev.kansoku.history.HistoryReader;
import dev.kansoku.history.HistoryState;
import dev.kansoku.history.OpenedConversation;
import dev.kansoku.ui.common.UiThread;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads conversations from the history, one after the other, on a thread of its own. */
public final class KeptConversations implements ChatViewModel.Kept, AutoCloseable {

    // A platform thread: native calls pin virtual ones. After the end nobody wants an answer any more.
    private final ExecutorService thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("history-reader").factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    private final HistoryReader reader;
    private volatile boolean saving;

    public KeptConversations(History history) {
        reader = history.reader();
        history.onState(this::look);
    }

    private void look(HistoryState state) {
        saving = state.isSaving();
    }

    /** Reads something else there, and tells on the FX thread. */
    public <T> void ask(Function<HistoryReader, T> question, Consumer<T> then) {
        thread.execute(() -> {
            T answer = question.apply(reader);
            UiThread.later(() -> then.accept(answer));
        });
    }

    /** Reads something else there. */
    public void restore(Consumer<HistoryReader> reading) {
        thread.execute(() -> reading.accept(reader));
    }

    @Override
    public void read(
            UUID id,
            Function<OpenedConversation, ConversationViewModel> made,
            Predicate<ConversationViewModel> end,
            Consumer<ConversationViewModel> whole) {
        thread.execute(() -> reader.open(id).ifPresent(read -> {
            ConversationViewModel opened = made.apply(read);
            UiThread.later(() -> {
                if (end.test(opened)) {
                    // The end is painted first: the rest would take processors and collections of garbage from it.
                    UiThread.afterNextPulse(() -> readRest(read, opened, whole));
                }
            });
        }));
    }

    private void readRest(OpenedConversation read, ConversationViewModel of, Consumer<ConversationViewModel> whole) {
        ConversationViewModel.Earlier earlier = of.earlier();
        thread.execute(() -> {
            reader.readMeasurements(read);
            earlier.make();
            UiThread.later(() -> {
                earlier.show();
                whole.accept(of);
            });
        });
    }

    @Override
    public boolean isSaving() {
        return saving;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        reader.close();
    }
}
