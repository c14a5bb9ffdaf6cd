package dev.kansoku.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ui.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.collections.ListChangeListener;
import javafx.css.CssParser;
import javafx.css.Stylesheet;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StylesTest {

    private static final Path STYLES = Path.of("styles");
    private static final double TEXT = 4.5;
    private static final double SHAPES = 3;

    @BeforeAll
    static void toolkit() {
        Program.toolkit();
    }

    static List<Path> sheets() throws IOException {
        try (Stream<Path> all = Files.list(STYLES)) {
            return all.filter(path -> path.toString().endsWith(".css")).toList();
        }
    }

    private static String read(Path sheet) {
        try {
            return Files.readString(sheet);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> tokens(String theme) {
        var tokens = new LinkedHashMap<String, String>();
        Matcher token =
                Pattern.compile("(-k-[\\w-]+):\\s*([^;]+);").matcher(read(STYLES.resolve("tokens-" + theme + ".css")));
        while (token.find()) {
            assertThat(tokens.put(token.group(1), token.group(2)))
                    .as(token.group(1))
                    .isNull();
        }
        return tokens;
    }

    @ParameterizedTest
    @MethodSource("sheets")
    void everySheetParses(Path sheet) {
        var errors = new ArrayList<String>();
        ListChangeListener<CssParser.ParseError> listener =
                change -> change.getList().forEach(error -> errors.add(error.getMessage()));
        Stylesheet parsed = Program.onFx(() -> {
            CssParser.errorsProperty().addListener(listener);
            try {
                return new CssParser().parse(sheet.toUri().toURL());
            } catch (IOException e) {
                throw new AssertionError(e);
            } finally {
                CssParser.errorsProperty().removeListener(listener);
            }
        });
        assertThat(errors).isEmpty();
        assertThat(parsed.getRules()).isNotEmpty();
    }

    @Test
    void bothThemesHaveTheSameTokens() {
        assertThat(tokens("dark").keySet()).isEqualTo(tokens("light").keySet());
    }

    @Test
    void everyTokenThatIsUsedIsDefinedAndOnlyTokensHoldColours() throws IOException {
        var used = new TreeSet<String>();
        for (Path sheet : sheets()) {
            if (!sheet.getFileName().toString().startsWith("tokens")) {
                Matcher token = Pattern.compile("-k-[\\w-]+").matcher(read(sheet));
                while (token.find()) {
                    used.add(token.group());
                }
                assertThat(read(sheet)).as(sheet.toString()).doesNotContainPattern("#[0-9A-Fa-f]{3,8}\\b|rgba?\\(");
            }
        }
        assertThat(tokens("light").keySet()).containsAll(used);
    }

    private static double contrast(String theme, String front, String back) {
        Map<String, String> tokens = tokens(theme);
        double a = luminance(Color.web(String.valueOf(tokens.get(front))));
        double b = luminance(Color.web(String.valueOf(tokens.get(back))));
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    /** WCAG 2.2, "relative luminance". */
    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }

    @ParameterizedTest
    @CsvSource({"light", "dark"})
    void textCanBeReadOnEveryGround(String theme) {
        for (String text : List.of("-k-text", "-k-text-2", "-k-accent", "-k-danger")) {
            for (String ground : List.of("-k-ground", "-k-panel")) {
                assertThat(contrast(theme, text, ground))
                        .as(text + " on " + ground)
                        .isGreaterThanOrEqualTo(TEXT);
            }
        }
        for (String ground : List.of("-k-accent-tint", "-k-selection", "-k-code", "-k-hover")) {
            assertThat(contrast(theme, "-k-text", ground))
                    .as("text on " + ground)
                    .isGreaterThanOrEqualTo(TEXT);
        }
        // Thinking can be found as well.
        for (String text : List.of("-k-text", "-k-text-2")) {
            assertThat(contrast(theme, text, "-k-found"))
                    .as(text + " that was found")
                    .isGreaterThanOrEqualTo(TEXT);
        }
        assertThat(contrast(theme, "-k-on-accent", "-k-accent")).as("on accent").isGreaterThanOrEqualTo(TEXT);
        assertThat(contrast(theme, "-k-on-accent", "-k-danger"))
                .as("the mark on the stop button")
                .isGreaterThanOrEqualTo(SHAPES);
        assertThat(contrast(theme, "-k-decode", "-k-panel"))
                .as("the title of a running chat")
                .isGreaterThanOrEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource({"light", "dark"})
    void segmentsStandOutFromThePanel(String theme) {
        for (String segment : List.of("connect", "load", "prompt-eval", "wait", "decode", "draw")) {
            assertThat(contrast(theme, "-k-" + segment, "-k-panel")).as(segment).isGreaterThanOrEqualTo(SHAPES);
        }
    }
}
