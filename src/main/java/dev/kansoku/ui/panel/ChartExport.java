package dev.kansoku.ui.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
import javafx.scene.layout.Region;
import javafx.scene.transform.Transform;
import javafx.stage.Window;

/** Takes a chart out of the program. On the FX thread. */
final class ChartExport {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private ChartExport() {}

    /** The chart as it looks now, on its ground, pixel by pixel. */
    static WritableImage picture(Chart chart) {
        Region view = chart.view();
        Window window = view.getScene().getWindow();
        double scaleX = window.getRenderScaleX();
        double scaleY = window.getRenderScaleY();
        Bounds bounds = view.localToParent(view.getLayoutBounds());
        var parameters = new SnapshotParameters();
        parameters.setFill(chart.ground());
        parameters.setTransform(Transform.scale(scaleX, scaleY));
        // Without what the focus draws around it.
        parameters.setViewport(new Rectangle2D(
                bounds.getMinX() * scaleX,
                bounds.getMinY() * scaleY,
                bounds.getWidth() * scaleX,
                bounds.getHeight() * scaleY));
        return view.snapshot(parameters, null);
    }

    static void copyPicture(Chart chart) {
        var content = new ClipboardContent();
        content.putImage(picture(chart));
        Clipboard.getSystemClipboard().setContent(content);
    }

    /**
     * Saves the values that the chart shows now in a file that the user picks.
     *
     * @param name what the file's name begins with
     * @param until the time of the newest value
     * @return the file, once it is written; empty if the user gave up; fails with an {@link UncheckedIOException}
     */
    static CompletableFuture<Optional<Path>> saveCsv(Chart chart, String name, Instant until, FilePicker picker) {
        String csv = chart.csv();
        LocalDateTime stamp = LocalDateTime.ofInstant(until, ZoneId.systemDefault());
        return picker.saveAs(chart.view().getScene().getWindow(), name + "-" + STAMP.format(stamp) + ".csv")
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
