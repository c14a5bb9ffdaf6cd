package dev.kansoku.bench.window;

import dev.kansoku.bench.server.Reply;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.ui.chat.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.text.Text;

/** How long each piece of {@link Reply.Kind#STEADY} takes from the socket to the screen. */
final class ChunkTimes {

    private final Window window;
    private final int chunks;
    private final long[] read;
    private final long[] laidOut;
    private final long[] presented;
    private int count;
    private int shown;

    ChunkTimes(Window window) {
        this.window = window;
        chunks = Reply.of(Reply.Kind.STEADY).chunks().size();
        read = new long[chunks];
        laidOut = new long[chunks];
        presented = new long[chunks];
    }

    Answers.Shown during(String prompt) {
        // On the turn's own thread, where no chunk has been joined with another yet.
        window.chat().observe(this::heard, Runnable::run);
        Scene scene = window.scene();
        Runnable listener = this::pulse;
        Fx.run(() -> scene.addPostLayoutPulseListener(listener));
        Answers.Turned turned = window.turn(prompt);
        // Everything that is asked for below comes after the last picture was presented.
        Fx.run(() -> scene.removePostLayoutPulseListener(listener));
        boolean endInSight = Fx.ask(this::isEndInSight);
        return Fx.ask(() -> new Answers.Shown(turned, delays(), endInSight));
    }

    private synchronized void heard(TurnEvent event) {
        if (event instanceof TurnEvent.Chunk chunk && count < chunks) {
            read[count++] = chunk.lastNanos();
        }
    }

    private void pulse() {
        long now = System.nanoTime();
        int from = shown;
        int to = numberAtEnd() + 1;
        if (to == from) {
            return;
        }
        shown = to;
        Arrays.fill(laidOut, from, to, now);
        Fx.whenPresented(nanos -> Arrays.fill(presented, from, to, nanos));
    }

    /** Which piece the list ends with; -1: none. */
    private int numberAtEnd() {
        var rows = window.rows();
        // Last comes the line with what the turn takes.
        if (rows.size() < 2 || !(rows.get(rows.size() - 2) instanceof Row.Text last)) {
            return shown - 1;
        }
        String text = last.block().text();
        String number = text.substring(Math.max(0, text.length() - Reply.NUMBER_LENGTH));
        return number.matches("\\d+") ? Integer.parseInt(number) : shown - 1;
    }

    private boolean isEndInSight() {
        String number = String.format("%0" + Reply.NUMBER_LENGTH + "d", chunks - 1);
        var list = window.list();
        return list.lookupAll(".block-text").stream()
                .filter(node -> node instanceof Text text && text.getText().endsWith(number) && isShown(text))
                .map(node -> node.localToScene(node.getLayoutBounds()))
                .anyMatch(bounds ->
                        list.localToScene(list.getLayoutBounds()).contains(bounds.getCenterX(), bounds.getMaxY() - 1));
    }

    /** Cells keep what they have shown before. */
    private static boolean isShown(Node node) {
        return Stream.iterate(node, Objects::nonNull, Node::getParent).allMatch(Node::isVisible);
    }

    private synchronized List<Answers.Delay> delays() {
        return IntStream.range(0, chunks)
                .mapToObj(i -> {
                    if (read[i] == 0 || laidOut[i] == 0 || presented[i] == 0) {
                        throw new IllegalStateException("Piece " + i + " was not shown.");
                    }
                    return new Answers.Delay(laidOut[i] - read[i], presented[i] - read[i]);
                })
                .toList();
    }
}
