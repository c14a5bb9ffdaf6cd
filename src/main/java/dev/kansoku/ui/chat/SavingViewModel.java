package dev.kansoku.ui.chat;

import dev.kansoku.history.History;
import dev.kansoku.history.HistoryState.Problem;
import dev.kansoku.ui.common.UiThread;
import java.nio.file.Path;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Whether what is said is being kept. Lives on the FX thread. */
public final class SavingViewModel {

    private final Path folder;
    private final ReadOnlyObjectWrapper<@Nullable Problem> problem = new ReadOnlyObjectWrapper<>();

    /** @param folder of the history */
    public SavingViewModel(History history, Path folder) {
        this.folder = folder;
        history.onState(state -> UiThread.later(() -> problem.set(state.problem())));
    }

    Path folder() {
        return folder;
    }

    /** Why it is not; {@code null} while it is, and before that is known. */
    ReadOnlyObjectProperty<@Nullable Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
