package dev.kansoku.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.history.HistoryState;
import dev.kansoku.history.ImportException;
import dev.kansoku.history.SearchHit;
import dev.kansoku.measure.Advice;
import dev.kansoku.measure.ColdStart;
import dev.kansoku.measure.Limit;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Phase;
import dev.kansoku.measure.SegmentKind;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.privacy.DataKind;
import dev.kansoku.privacy.TextLevel;
import dev.kansoku.settings.Language;
import dev.kansoku.settings.SendKey;
import dev.kansoku.settings.ServerAddress;
import dev.kansoku.settings.Theme;
import dev.kansoku.telemetry.TelemetrySettings;
import dev.kansoku.telemetry.delivery.DeliveryProblem;
import dev.kansoku.telemetry.delivery.Signal;
import dev.kansoku.ui.archive.ArchiveFormat;
import dev.kansoku.ui.chat.Remedy;
import dev.kansoku.ui.chat.Speaker;
import dev.kansoku.ui.models.LoadViewModel;
import dev.kansoku.ui.search.Period;
import dev.kansoku.ui.settings.SettingsViewModel;
import dev.kansoku.ui.telemetry.ConnectionViewModel;
import dev.kansoku.ui.welcome.WelcomeScreen;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    /** What is the same in both languages: names, units, patterns, and each language's name for itself. */
    private static final Set<String> ALIKE = Set.of(
            "app.name",
            "app.title",
            "unit.milliseconds",
            "unit.seconds",
            "unit.percent",
            "unit.tokensPerSecond",
            "models.item",
            "models.server",
            "panel.now",
            "panel.ollama",
            "panel.turnAt",
            "panel.percentiles",
            "panel.gpu",
            "settings.language.english",
            "settings.language.japanese",
            "settings.sendKey.enter",
            "settings.sendKey.ctrlEnter",
            "telemetry.endpoint",
            "telemetry.masker.also",
            "telemetry.protocol.http",
            "telemetry.protocol.grpc",
            "telemetry.proxy.example");

    /** In FXML: an example address is no word. */
    private static final Set<String> LITERALS = Set.of("http://127.0.0.1:11434");

    private static final Path FXML = Path.of("fxml");
    private static final Path CODE = Path.of("src/main/java");

    /** Reads the file itself: a bundle would fill what is missing with English. */
    private static Properties file(String name) {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(Path.of("src/main/resources/dev/kansoku/ui", name))) {
            properties.load(in);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
        return properties;
    }

    private static final Properties ENGLISH = file("words.properties");
    private static final Properties JAPANESE = file("words_ja.properties");

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(JAPANESE.stringPropertyNames()).isEqualTo(ENGLISH.stringPropertyNames());
    }

    @Test
    void nothingIsLeftInEnglish() {
        var alike = new TreeSet<>(ENGLISH.stringPropertyNames());
        alike.removeIf(key -> !ENGLISH.getProperty(key).equals(JAPANESE.getProperty(key)));
        assertThat(alike).isEqualTo(new TreeSet<>(ALIKE));
    }

    @Test
    void nothingIsEmptyAndNoApostropheIsStraight() {
        Stream.of(ENGLISH, JAPANESE)
                .forEach(language -> assertThat(language.values())
                        .allSatisfy(
                                text -> assertThat(text.toString()).isNotBlank().doesNotContain("'")));
    }

    @Test
    void thePatternsOfBothLanguagesTakeTheSameArguments() {
        for (String key : ENGLISH.stringPropertyNames()) {
            assertThat(arguments(JAPANESE.getProperty(key))).as(key).isEqualTo(arguments(ENGLISH.getProperty(key)));
        }
    }

    /** The numbers of a pattern's arguments: all from 0 on, none with a format of its own. */
    private static Set<Integer> arguments(String pattern) {
        var numbers = new TreeSet<Integer>();
        Matcher argument = Pattern.compile("\\{(\\d+)}").matcher(pattern);
        while (argument.find()) {
            numbers.add(Integer.valueOf(argument.group(1)));
        }
        var format = new MessageFormat(pattern, Locale.ROOT);
        assertThat(format.getFormatsByArgumentIndex()).as(pattern).hasSize(numbers.size());
        return numbers;
    }

    @Test
    void everyKeyInFxmlExists() throws IOException {
        var used = new TreeSet<String>();
        for (Path file : files(FXML, ".fxml")) {
            Matcher key = Pattern.compile("\"%([^\"]+)\"").matcher(Files.readString(file));
            while (key.find()) {
                used.add(key.group(1));
            }
        }
        assertThat(used).isNotEmpty();
        assertThat(ENGLISH.stringPropertyNames()).containsAll(used);
    }

    @Test
    void fxmlHoldsNoWords() throws IOException {
        var words = new ArrayList<String>();
        for (Path file : files(FXML, ".fxml")) {
            Matcher text = Pattern.compile(
                            "(?<![\\w.])(text|promptText|accessibleText|accessibleHelp|title)=\"([^\"]*)\"")
                    .matcher(Files.readString(file));
            while (text.find()) {
                if (!text.group(2).startsWith("%") && !LITERALS.contains(text.group(2))) {
                    words.add(file.getFileName() + ": " + text.group());
                }
            }
        }
        assertThat(words).isEmpty();
    }

    @Test
    void everyFxmlFileIsAView() throws IOException {
        assertThat(files(FXML, ".fxml"))
                .extracting(path -> path.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(FxmlView.values())
                        .map(view -> Keys.of(view) + ".fxml")
                        .toList());
    }

    /** Literal keys, and the beginnings of keys that are put together. */
    @Test
    void everyKeyInTheCodeExists() throws IOException {
        Set<String> known = ENGLISH.stringPropertyNames();
        int found = 0;
        for (Path file : files(CODE, ".java")) {
            Matcher key = Pattern.compile("(?:[wW]ords(?:\\(\\))?(?:\\.get\\(\\))?\\s*\\.get|\\bhint|\\boffer)\\(\\s*"
                            + "(?:\\w+,\\s*)?\"([a-z][\\w.]*)\"(\\s*\\+)?")
                    .matcher(Files.readString(file));
            while (key.find()) {
                found++;
                String text = key.group(1);
                if (text.endsWith(".")) {
                    assertThat(known).as(file + ": " + text).anyMatch(name -> name.startsWith(text));
                } else {
                    assertThat(known).as(file.toString()).contains(text);
                }
            }
        }
        assertThat(found).isGreaterThan(90);
    }

    /** Every key is there for somebody: in FXML, in the code, or made from an enum. */
    @Test
    void noKeyIsLeftOver() throws IOException {
        var all = new StringBuilder();
        for (Path file : files(CODE, ".java")) {
            all.append(Files.readString(file));
        }
        for (Path file : files(FXML, ".fxml")) {
            all.append(Files.readString(file).replace("\"%", "\""));
        }
        var left = new TreeSet<>(ENGLISH.stringPropertyNames());
        left.removeIf(key -> all.indexOf("\"" + key + "\"") >= 0);
        left.removeAll(fromEnums());
        assertThat(left).isEmpty();
    }

    @Test
    void everyKeyMadeFromAnEnumExists() {
        assertThat(ENGLISH.stringPropertyNames()).containsAll(fromEnums());
    }

    private static Set<String> fromEnums() {
        var keys = new TreeSet<String>();
        keys.addAll(keys("phase.", Phase.values()));
        keys.addAll(keys("verdict.", LoadVerdict.values()));
        // The line says nothing of an unknown verdict.
        keys.remove("verdict.unknown");
        keys.addAll(keys("segment.", SegmentKind.values()));
        keys.addAll(keys("diagnosis.segment.", SegmentKind.values()));
        keys.addAll(keys("diagnosis.limit.", Limit.values()));
        keys.addAll(keys("diagnosis.advice.", Advice.values()));
        keys.addAll(keys("remedy.", Remedy.values()));
        keys.addAll(keys("models.action.", LoadViewModel.Action.values()));
        keys.addAll(keys("models.busy.", LoadViewModel.Action.values()));
        keys.addAll(keys("models.failed.", LoadViewModel.Action.values()));
        keys.addAll(keys("coldStart.", ColdStart.Source.values()));
        keys.add("coldStart.unknown");
        for (String key : keys("welcome.", WelcomeScreen.values())) {
            keys.add(key + ".title");
            keys.add(key + ".text");
        }
        keys.addAll(keys("chat.speaker.", Speaker.values()));
        keys.addAll(keys("archive.format.", ArchiveFormat.values()));
        keys.addAll(keys("archive.fault.", ImportException.Kind.values()));
        keys.addAll(keys("search.kind.", SearchHit.Kind.values()));
        keys.addAll(keys("search.period.", Period.values()));
        keys.addAll(keys("settings.language.", Language.values()));
        keys.addAll(keys("settings.theme.", Theme.values()));
        keys.addAll(keys("settings.sendKey.", SendKey.values()));
        keys.addAll(keys("settings.fault.", SettingsViewModel.Fault.values()));
        keys.addAll(keys(
                "settings.address.",
                new ServerAddress.Source[] {ServerAddress.Source.COMMAND_LINE, ServerAddress.Source.ENVIRONMENT}));
        keys.addAll(keys("address.unusable.", new ServerAddress.Source[] {
            ServerAddress.Source.COMMAND_LINE, ServerAddress.Source.ENVIRONMENT, ServerAddress.Source.SETTINGS
        }));
        keys.addAll(keys("history.problem.", HistoryState.Problem.values()));
        keys.addAll(keys("telemetry.protocol.", TelemetrySettings.Protocol.values()));
        keys.addAll(keys("telemetry.level.", TextLevel.values()));
        keys.addAll(keys("telemetry.levelNote.", TextLevel.values()));
        keys.addAll(keys("telemetry.kind.", DataKind.values()));
        keys.addAll(keys("telemetry.signal.", Signal.values()));
        keys.addAll(keys("telemetry.problem.", DeliveryProblem.Kind.values()));
        keys.addAll(keys("telemetry.fault.", ConnectionViewModel.Fault.values()));
        return keys;
    }

    private static List<String> keys(String prefix, Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> prefix + Keys.of(constant))
                .toList();
    }

    @Test
    void keysOfConstantsAreInCamelCase() {
        assertThat(Keys.of(SegmentKind.PROMPT_EVAL)).isEqualTo("promptEval");
        assertThat(Keys.of(Phase.WAITING_FOR_STOPPED)).isEqualTo("waitingForStopped");
    }

    @Test
    void theBundleOfAMachineInAnotherLanguageIsEnglish() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.JAPAN);
            assertThat(new Words(Locale.FRENCH).get("dialog.cancel")).isEqualTo("Cancel");
            assertThat(new Words(Locale.JAPAN).get("dialog.cancel")).isEqualTo("キャンセル");
        } finally {
            Locale.setDefault(before);
        }
    }

    /** One of each kind of error, and of each wait that can end. */
    static Stream<Arguments> errors() {
        return Arrays.stream(OllamaError.class.getPermittedSubclasses()).flatMap(kind -> {
            if (kind == OllamaError.TimedOut.class) {
                return Arrays.stream(OllamaError.TimedOut.Waiting.values())
                        .map(wait -> Arguments.of(kind, new OllamaError.TimedOut(wait, "")));
            }
            return Stream.of(Arguments.of(kind, example(kind)));
        });
    }

    private static OllamaError example(Class<?> kind) {
        RecordComponent[] components = kind.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> component.getType() == int.class ? (Object) 599 : "the-" + component.getName())
                .toArray();
        try {
            var constructor = kind.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return (OllamaError) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(kind.getName(), e);
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void everyErrorHasASentenceOfItsOwn(Class<?> kind, OllamaError error) {
        var english = ErrorWords.sentence(new Words(Locale.ENGLISH), error, "host:1");
        var japanese = ErrorWords.sentence(new Words(Locale.JAPANESE), error, "host:1");

        assertThat(english).as(kind.getSimpleName()).endsWith(".").doesNotContain("{", "the-serverSaid");
        assertThat(japanese)
                .as(kind.getSimpleName())
                .matches(".*[。)]")
                .doesNotContain("{")
                .isNotEqualTo(english);
        if (error instanceof OllamaError.ModelMissing) {
            assertThat(english).contains("the-model");
        }
        assertThat(errors().map(other ->
                        ErrorWords.sentence(new Words(Locale.ENGLISH), (OllamaError) other.get()[1], "host:1")))
                .containsOnlyOnce(english);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void argumentsAreFilledInAsTheyAre(String language) {
        var words = new Words(Locale.forLanguageTag(language));
        assertThat(words.get("models.missing", "it's {0} 1,234")).startsWith("it's {0} 1,234");
        assertThat(words.get("error.proxy", "host:11434", "1502")).contains("host:11434", "1502");
    }
}
