package dev.kansoku.ui.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.transform.Transform;
import javafx.stage.Window;

/** Takes a chart out of the program. On the FX thread. */
public final class ChartExport {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private ChartExport() {}

    /** The chart as it looks now, on its ground, pixel by pixel. */
    public static WritableImage picture(TimeChart chart) {
        Window window = chart.getScene().getWindow();
        double scaleX = window.getRenderScaleX();
        double scaleY = window.getRenderScaleY();
        Bounds bounds = chart.localToParent(chart.getLayoutBounds());
        var parameters = new SnapshotParameters();
        parameters.setFill(chart.ground());
        parameters.setTransform(Transform.scale(scaleX, scaleY));
        // Without what the focus draws around it.
        parameters.setViewport(new Rectangle2D(
                bounds.getMinX() * scaleX,
                bounds.getMinY() * scaleY,
                bounds.getWidth() * scaleX,
                bounds.getHeight() * scaleY));
        return chart.snapshot(parameters, null);
    }

    public static void copyPicture(TimeChart chart) {
        var content = new ClipboardContent();
        content.putImage(picture(chart));
        Clipboard.getSystemClipboard().setContent(content);
    }

    /** The values that the chart shows, as {@link ChartCsv} writes them. */
    public static String csv(TimeChart chart) {
        TimeAxis axis = chart.axis();
        return new ChartCsv(chart.lines(), axis.clock()).between(axis.leftNanos(), axis.rightNanos());
    }

    /**
     * Saves the values that the chart shows now in a file that the user picks.
     *
     * @param name what the file's name begins with
     * @return the file, once it is written; empty if the user gave up; fails with an {@link UncheckedIOException}
     */
    public static CompletableFuture<Optional<Path>> saveCsv(TimeChart chart, String name, FilePicker picker) {
        String csv = csv(chart);
        LocalDateTime until =
                LocalDateTime.ofInstant(chart.axis().instantAt(chart.axis().rightNanos()), ZoneId.systemDefault());
        return picker.saveAs(name + "-" + STAMP.format(until) + ".csv")
                .map(file ->
                        CompletableFuture.supplyAsync(() -> Optional.of(write(file, csv)), Thread::startVirtualThread))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private static Path write(Path file, String csv) {
        try {
            return Files.writeString(file, csv, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
