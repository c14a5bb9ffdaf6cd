package dev.kansoku.ui.panel;

import static dev.kansoku.ui.panel.Lines.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Series;
import dev.kansoku.settings.Theme;
import dev.kansoku.ui.Program;
import dev.kansoku.ui.common.Appearance;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.tour.Sight;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxRobot;

/** Two charts on one axis in a window: three minutes of values, one a second, and the next ones as a test adds them. */
@Timeout(60)
class TimeChartTest {

    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");
    private static final int WIDTH = 300;

    private final FxRobot robot = new FxRobot();
    private final Series machine = new Series(3600);
    private final Series rate = new Series(3600);
    private final TurnMarks marks = new TurnMarks();
    private final TimeAxis axis = new TimeAxis(() -> NOON, 0);
    private final Appearance appearance = fx(Appearance::new);
    private final Stage stage = fx(Stage::new);
    private final TimeChart usage = fx(() -> chart("CPU", machine, ValueScale.fixed(1, String::valueOf)));
    private final TimeChart rates = fx(() -> chart("Rate", rate, ValueScale.growing(10, String::valueOf)));
    private int second;

    @BeforeAll
    static void toolkit() {
        Program.toolkit();
    }

    private static <T> T fx(Supplier<T> question) {
        return Sight.onFx(question);
    }

    private TimeChart chart(String name, Series series, ValueScale scale) {
        var line = new ChartLine("Line", "line", series, Duration.ofSeconds(1), LineStyle.SOLID, false);
        var chart = new TimeChart(axis, marks, scale, value -> Math.round(100 * value) + " %", List.of(line));
        chart.describe(name, new ChartText(new Words(Locale.ENGLISH)));
        return chart;
    }

    @BeforeEach
    void show() {
        fx(() -> {
            usage.getStyleClass().add("usage");
            var box = new VBox(usage, rates);
            box.getStyleClass().add("panel");
            box.setStyle("-fx-padding: 0; -fx-spacing: 0;");
            var scene = new Scene(box, WIDTH, 176);
            appearance.choose(Theme.LIGHT);
            appearance.dress(scene);
            stage.setScene(scene);
            stage.show();
            pass(180);
            return true;
        });
        Sight.pulses(2);
    }

    @AfterEach
    void close() {
        Program.run(() -> stage.hide());
    }

    private static double cpu(int second) {
        return 0.5 + 0.4 * Math.sin(second / 3.0);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            second++;
            machine.add(seconds(second), cpu(second));
            rate.add(seconds(second), second % 60 < 30 ? 8 + second % 7 : Double.NaN);
            axis.advance(seconds(second));
        }
    }

    private static int[] pixels(TimeChart chart) {
        return fx(() -> {
            WritableImage picture = ChartExport.picture(chart);
            int width = (int) picture.getWidth();
            int height = (int) picture.getHeight();
            int[] pixels = new int[width * height];
            picture.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
            return pixels;
        });
    }

    /** Distance of colours, 0 to 1. */
    private static double differ(Color one, Color other) {
        return Math.max(
                Math.abs(one.getRed() - other.getRed()),
                Math.max(Math.abs(one.getGreen() - other.getGreen()), Math.abs(one.getBlue() - other.getBlue())));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, #57606A, #F6F7F9", "DARK, #9AA4AF, #1D2026"})
    void theCurveIsWhereItShouldBeInBothThemes(Theme theme, String line, String ground) {
        Program.run(() -> appearance.choose(theme));
        Sight.pulses(2);

        fx(() -> {
            PixelReader reader = ChartExport.picture(usage).getPixelReader();
            assertThat(differ(reader.getColor(150, 1), Color.web(ground))).isLessThan(0.02);
            double base = usage.getHeight() - 2;
            for (int age = 5; age < 170; age++) {
                // The middle of the second's column; at the edges a line may bend away.
                int x = WIDTH - 1 - age;
                int row = (int) Math.round(base - cpu(second - age) * (base - 12));
                double nearest = 1;
                for (int y = row - 1; y <= row + 1; y++) {
                    nearest = Math.min(nearest, differ(reader.getColor(x, y), Color.web(line)));
                }
                assertThat(nearest).as("%s s ago", age).isLessThan(0.35);
            }
            return true;
        });
    }

    @Test
    void afterManyStepsThePictureIsThatOfANewChart() {
        Program.run(() -> pass(40));
        int[] scrolled = pixels(usage);
        Program.run(() -> {
            // Another height and back: all is drawn anew.
            usage.setMinHeight(120);
            stage.getScene().getRoot().layout();
            usage.setMinHeight(Region.USE_COMPUTED_SIZE);
            stage.getScene().getRoot().layout();
        });
        Sight.pulses(2);

        assertThat(pixels(usage)).isEqualTo(scrolled);
    }

    @Test
    void aPausedChartStandsStillAndIsUpToDateAfterwards() {
        int[] before = pixels(usage);
        Program.run(() -> {
            axis.pausedProperty().set(true);
            pass(30);
        });
        assertThat(pixels(usage)).isEqualTo(before);

        Program.run(() -> {
            axis.pausedProperty().set(false);
            pass(1);
        });
        int[] after = pixels(usage);
        assertThat(after).isNotEqualTo(before);
        Program.run(() -> axis.spanProperty().set(TimeSpan.HOUR));
        assertThat(pixels(usage)).isNotEqualTo(after);
        Program.run(() -> axis.spanProperty().set(TimeSpan.FIVE_MINUTES));
        assertThat(pixels(usage)).isEqualTo(after);
    }

    @Test
    void aTurnIsMarkedAndTheMarkTellsItsVerdict() {
        var turn = UUID.randomUUID();
        int[] without = pixels(usage);
        Program.run(() -> marks.began(turn, seconds(100)));
        int[] unknown = pixels(usage);
        Program.run(() -> marks.judged(turn, LoadVerdict.COLD));

        assertThat(unknown).isNotEqualTo(without);
        assertThat(pixels(usage)).isNotEqualTo(unknown);
    }

    @Test
    void theMouseReadsEveryChartAtThatInstant() {
        String newest = fx(() -> usage.valuesProperty().get().getFirst());
        assertThat(newest).isEqualTo(Math.round(100 * cpu(180)) + " %");

        Program.run(() -> usage.fireEvent(moved(199.5)));
        long instant = fx(() -> axis.crosshairProperty().get());
        assertThat(instant).isBetween(seconds(79), seconds(82));
        assertThat(fx(() -> usage.valuesProperty().get()))
                .containsExactly(Math.round(100 * cpu((int) (instant / 1_000_000_000))) + " %");
        assertThat(fx(() -> rates.valuesProperty().get())).isNotEqualTo(List.of("–"));

        // Ten seconds later the mouse is over another instant.
        Program.run(() -> pass(10));
        assertThat(fx(() -> axis.crosshairProperty().get()) - instant).isEqualTo(seconds(10));

        Program.run(() -> usage.fireEvent(moved(209.5)));
        assertThat(fx(() -> rates.valuesProperty().get()))
                .as("between two turns")
                .containsExactly("–");
    }

    private static MouseEvent moved(double x) {
        boolean no = false;
        return new MouseEvent(
                MouseEvent.MOUSE_MOVED,
                x,
                20,
                x,
                20,
                MouseButton.NONE,
                0,
                no,
                no,
                no,
                no,
                no,
                no,
                no,
                no,
                no,
                no,
                null);
    }

    @Test
    void theKeyboardReachesEverything() {
        Program.run(() -> usage.requestFocus());
        robot.push(KeyCode.LEFT);
        assertThat(fx(() -> axis.crosshairProperty().get())).isEqualTo(seconds(180));
        robot.push(KeyCode.LEFT).push(KeyCode.LEFT).push(KeyCode.RIGHT);
        assertThat(fx(() -> axis.crosshairProperty().get())).isEqualTo(seconds(179));
        assertThat(fx(() -> String.valueOf(usage.queryAccessibleAttribute(AccessibleAttribute.TEXT))))
                .startsWith("CPU, ")
                .endsWith("Line: " + Math.round(100 * cpu(179)) + " %.");

        robot.push(KeyCode.ESCAPE);
        assertThat(fx(() -> Optional.ofNullable(axis.crosshairProperty().get())))
                .isEmpty();
    }

    @Test
    void aScreenReaderHearsWhatTheLineWasLike() {
        assertThat(fx(() -> String.valueOf(usage.queryAccessibleAttribute(AccessibleAttribute.TEXT))))
                .isEqualTo("CPU, last 5 min. Line: now " + Math.round(100 * cpu(180))
                        + " %, lowest 10 %, median 53 %, highest 90 %.");
        assertThat(fx(usage::getAccessibleText)).isEqualTo("CPU");
    }

    @Test
    void aChartOutOfSightDoesNotKeepUp() {
        int[] before = pixels(usage);
        Program.run(() -> {
            stage.hide();
            pass(5);
            stage.show();
        });
        Sight.pulses(2);

        assertThat(pixels(usage)).isNotEqualTo(before);
    }

    @Test
    void aChartThatIsTakenAwayIsLetGoOf() {
        var gone = fx(() -> {
            var chart = chart("Gone", machine, ValueScale.fixed(1, String::valueOf));
            ((VBox) stage.getScene().getRoot()).getChildren().add(chart);
            return new WeakReference<>(chart);
        });
        Sight.pulses(2);
        Program.run(() -> ((VBox) stage.getScene().getRoot()).getChildren().removeLast());
        Awaitility.await().until(() -> {
            Sight.pulses(1);
            System.gc();
            return gone.get() == null;
        });
    }

    @Test
    void itsPictureCanBeCopied() {
        fx(() -> {
            ChartExport.copyPicture(usage);
            assertThat(Clipboard.getSystemClipboard().hasImage()).isTrue();
            assertThat(Clipboard.getSystemClipboard().getImage().getWidth()).isEqualTo(WIDTH);
            return true;
        });
    }

    @Test
    void itsValuesCanBeSaved(@TempDir Path folder) throws IOException {
        Optional<Path> file = fx(() ->
                        ChartExport.saveCsv(usage, "cpu", NOON, (window, name) -> Optional.of(folder.resolve(name))))
                .join();

        assertThat(file.orElseThrow().getFileName().toString()).matches("cpu-\\d{8}-\\d{6}\\.csv");
        assertThat(Files.readAllLines(file.orElseThrow())).hasSize(181).startsWith("time,seconds,line");
        assertThat(fx(() -> ChartExport.saveCsv(usage, "cpu", NOON, (window, name) -> Optional.empty()))
                        .join())
                .isEmpty();
    }
}
