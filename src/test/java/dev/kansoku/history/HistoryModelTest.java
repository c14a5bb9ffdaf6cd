package dev.kansoku.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the user does in whatever order: what is read is what a plain model of it says. {@code -Dstories=300} tries more. */
class HistoryModelTest {

    private static final int STEPS = 70;
    private static final int STORIES = Integer.getInteger("stories", 10);

    @TempDir
    private Path folder;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, STORIES);
    }

    /** The first steps of a longer run are those of a shorter one: lower {@link #STEPS} to find where it goes wrong. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsReadIsWhatWasDone(long seed) throws Exception {
        try (var story = new HistoryStory(folder.resolve("history.db"), seed)) {
            try {
                for (int i = 0; i < STEPS; i++) {
                    story.step();
                }
                story.restart();
            } catch (Exception | AssertionError e) {
                throw new AssertionError("Seed " + seed + ", after these steps:\n" + story.told(), e);
            }
            assertThat(story.restarts()).as("restarts").isPositive();
        }
    }
}
