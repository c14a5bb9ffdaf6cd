package dev.kansoku.bench.window;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a window tells the harness, as JSON. Times are nanoseconds, sizes bytes. */
public final class Answers {

    private Answers() {}

    /**
     * A turn.
     *
     * @param enterToSent from the Enter key until the request was handed to the HTTP client
     * @param wall from there until its last byte was read
     * @param drawn from there until its last text was laid out; {@code null} if the window did not say
     * @param total what the server says that it took
     * @param eval what the server says that writing took
     * @param answer the text as the turn has it
     * @param lines the lines that the rows of the list show, but for empty ones and fences
     */
    public record Turned(
            long enterToSent,
            long wall,
            @Nullable Long drawn,
            @Nullable Long total,
            @Nullable Long tokens,
            @Nullable Long eval,
            String answer,
            List<String> lines) {}

    /**
     * The pulses from the first text of an answer until it was measured.
     *
     * @param cpu processor time of the process for the whole turn
     * @param elapsed time of the whole turn
     */
    public record Pulsed(Turned turned, List<Pulse> pulses, long cpu, long elapsed) {}

    /**
     * One pulse.
     *
     * @param start when it began
     * @param wall from the first handler of an animation to its end
     * @param fx processor time of the FX thread since the end of the pulse before
     * @param render processor time of the thread that renders, since then
     * @param length how many characters the answer had
     */
    public record Pulse(long start, long wall, long fx, long render, int length) {}

    /**
     * How the pieces of an answer came to the screen.
     *
     * @param endInSight whether the last piece is in the part of the list that can be seen
     */
    public record Shown(Turned turned, List<Delay> delays, boolean endInSight) {}

    /**
     * What passed since a piece was read from the socket.
     *
     * @param laidOut until the layout of the pulse that showed it was done; the picture is painted after that
     * @param presented until that picture had been handed to the X server, or at most a few events of the FX thread later
     */
    public record Delay(long laidOut, long presented) {}

    /**
     * Memory of the process after a full collection.
     *
     * @param heap used by objects that are reachable
     * @param heapTaken what the collector holds for the heap
     * @param rss resident pages
     * @param pss the same, with pages that processes share divided among them
     * @param anonymous resident pages that are no part of a file
     * @param classes what the heap is made of, largest first
     */
    public record Memory(long heap, long heapTaken, long rss, long pss, long anonymous, List<OfClass> classes) {}

    /**
     * What the threads of the process have done so far.
     *
     * @param cpu processor time by name, which Linux cuts after 15 letters
     */
    public record Threads(Map<String, Long> cpu) {}

    /** The objects of one class. */
    public record OfClass(String name, long instances, long bytes) {}

    /**
     * A start of the program.
     *
     * @param painted from before the process was started until its window had been painted for the first time
     * @param usable from there until a key that was pressed stood in the prompt field, painted
     */
    public record Started(long painted, long usable) {}
}
