package dev.kansoku.bench.history;

import dev.kansoku.bench.window.Orders;
import dev.kansoku.history.WrittenHistory;
import dev.kansoku.settings.Folders;
import java.io.IOException;
import java.nio.file.Path;

/** Writes into a history in the program's JVM, without a window (see {@link Orders}). */
public final class WriteMain {

    private WriteMain() {}

    /** Opens the history of this {@code KANSOKU_HOME}. An order says how many answers to write; see {@link WrittenHistory}. */
    public static void main(String... arguments) throws IOException {
        Path file = Folders.ofThisMachine().data().resolve("history.db");
        Orders.obey(() -> (order, turns) -> WrittenHistory.lags(file, Integer.parseInt(turns)));
    }
}
