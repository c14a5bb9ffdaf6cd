package dev.kansoku.ui.panel;

import dev.kansoku.measure.LoadVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** When the last turns began, and how they started. It keeps a fixed number, so an endless session costs no more. */
public final class TurnMarks {

    /** A turn every seven seconds for the longest span. */
    private static final int MOST = 512;

    private final ReadOnlyObjectWrapper<List<TurnMark>> marks = new ReadOnlyObjectWrapper<>(List.of());

    /** The oldest first. */
    public ReadOnlyObjectProperty<List<TurnMark>> marksProperty() {
        return marks.getReadOnlyProperty();
    }

    public void began(UUID requestId, long nanos) {
        List<TurnMark> before = marks.get();
        var next = new ArrayList<>(before.subList(Math.max(0, before.size() - MOST + 1), before.size()));
        next.add(new TurnMark(requestId, nanos, null));
        marks.set(List.copyOf(next));
    }

    /** Says how a turn started; does nothing if it is no longer kept. */
    public void judged(UUID requestId, LoadVerdict verdict) {
        marks.set(marks.get().stream()
                .map(mark -> mark.requestId().equals(requestId) ? new TurnMark(requestId, mark.nanos(), verdict) : mark)
                .toList());
    }
}
