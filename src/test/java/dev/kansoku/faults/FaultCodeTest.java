package dev.kansoku.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultCodeTest {

    @Test
    void isTheSameForTheSameFaultWhateverItSays() {
        String[] codes = Stream.of("a", "b")
                .map(FaultCodeTest::inOneMethod)
                .map(FaultCode::of)
                .toArray(String[]::new);

        assertThat(codes[0]).isEqualTo(codes[1]);
    }

    @Test
    void doesNotDependOnTheRun() {
        assertThat(FaultCode.of(at(new NullPointerException(), frame("dev.kansoku.ui.Row", "update", 42))))
                .isEqualTo("5B3N-E4V6-2806");
    }

    @Test
    void survivesEditsThatMoveLinesAndCountLambdasAnew() {
        String before = FaultCode.of(at(
                new NullPointerException(),
                frame("dev.kansoku.ui.Row$1", "lambda$update$0", 42),
                frame("dev.kansoku.ui.Row", "update", 40)));
        String after = FaultCode.of(at(
                new NullPointerException(),
                frame("dev.kansoku.ui.Row$2", "lambda$update$3", 57),
                frame("dev.kansoku.ui.Row", "update", 55)));

        assertThat(before).isEqualTo(after);
    }

    @Test
    void doesNotDependOnWhatLiesBetweenOurMethods() {
        StackTraceElement ours = frame("dev.kansoku.ui.Row", "update", 1);

        assertThat(FaultCode.of(at(new NullPointerException(), frame("java.util.Objects", "requireNonNull", 1), ours)))
                .isEqualTo(FaultCode.of(at(new NullPointerException(), ours, frame("java.lang.Thread", "run", 1))));
    }

    @Test
    void tellsFaultsApart() {
        StackTraceElement row = frame("dev.kansoku.ui.Row", "update", 1);
        StackTraceElement list = frame("dev.kansoku.ui.List", "update", 1);
        StackTraceElement skin = frame("javafx.scene.control.skin.VirtualFlow", "layoutChildren", 1);
        Stream<Throwable> faults = Stream.of(
                at(new NullPointerException(), row),
                at(new IllegalStateException(), row),
                at(new IllegalStateException(at(new IOException(), row)), row),
                at(new NullPointerException(), list),
                at(new NullPointerException(), row, list),
                at(new NullPointerException(), skin),
                at(new NullPointerException()));

        assertThat(faults.map(FaultCode::of)).doesNotHaveDuplicates();
    }

    private static Throwable inOneMethod(String message) {
        return new IllegalStateException(message, new IOException(message));
    }

    private static <T extends Throwable> T at(T fault, StackTraceElement... frames) {
        fault.setStackTrace(frames);
        return fault;
    }

    private static StackTraceElement frame(String className, String method, int line) {
        return new StackTraceElement(className, method, "Source.java", line);
    }
}
