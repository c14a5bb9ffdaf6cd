package dev.kansoku;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.ReplyText;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ui.common.UiThread;
import java.util.stream.Stream;
import javafx.application.Platform;
import org.jspecify.annotations.NullMarked;

/** Who may know whom: the table in docs/architecture.md, row by row. */
@AnalyzeClasses(packages = "dev.kansoku", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] EVERYWHERE = {"java..", "org.jspecify..", "org.slf4j.."};
    private static final String[] JACKSON = {"com.fasterxml.jackson.."};

    @ArchTest
    static final ArchRule ollamaIsALibraryOfItsOwn =
            mayKnow("ollama", "javax.net..", "okhttp3..", "okio..", "kotlin..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule chatKnowsOllama = mayKnow("chat", "dev.kansoku.ollama..");

    @ArchTest
    static final ArchRule measureKnowsTurns =
            mayKnow("measure", "dev.kansoku.chat..", "dev.kansoku.ollama..", "oshi..", "org.HdrHistogram..");

    @ArchTest
    static final ArchRule settingsKnowNothingOfOurs = mayKnow("settings", JACKSON);

    @ArchTest
    static final ArchRule demoKnowsOllamasTypes =
            mayKnow("demo", "dev.kansoku.ollama..", "com.fasterxml.jackson..", "com.sun.net.httpserver..");

    @ArchTest
    static final ArchRule historyKeepsWhatIsSaidAndMeasured = mayKnow(
            "history",
            "dev.kansoku.chat..",
            "dev.kansoku.measure..",
            "dev.kansoku.ollama..",
            "dev.kansoku.settings..",
            "com.fasterxml.jackson..",
            "org.sqlite..");

    @ArchTest
    static final ArchRule faultsKnowWhereFilesLie = mayKnow("faults", "dev.kansoku.settings..", "ch.qos.logback..");

    @ArchTest
    static final ArchRule instanceKnowsPrivateFiles = mayKnow("instance", "dev.kansoku.settings..");

    @ArchTest
    static final ArchRule privacyKnowsNothingOfOurs = mayKnow("privacy", "com.google.i18n.phonenumbers..");

    @ArchTest
    static final ArchRule telemetryKnowsMeasurements = mayKnow(
            "telemetry",
            "dev.kansoku.chat..",
            "dev.kansoku.measure..",
            "dev.kansoku.ollama..",
            "dev.kansoku.privacy..",
            "dev.kansoku.settings..",
            "com.fasterxml.jackson..",
            "com.google.protobuf..",
            "io.opentelemetry..",
            "javax.net.ssl..");

    /** So that there is one place to look at. */
    @ArchTest
    static final ArchRule onlyTheBorderOfTelemetrySeesText = noClasses()
            .that()
            .resideInAPackage("dev.kansoku.telemetry..")
            .and()
            .haveSimpleNameNotStartingWith("TurnBorder")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Prompt.class, ReplyText.class, OllamaError.class);

    @ArchTest
    static final ArchRule nobodyKnowsTheWindowButTheRoot = noClasses()
            .that()
            .resideOutsideOfPackages("dev.kansoku.ui..", "dev.kansoku")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.kansoku.ui..", "dev.kansoku");

    @ArchTest
    static final ArchRule onlyTheWindowTouchesTheSceneGraph = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kansoku.ui..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx.scene..", "javafx.fxml..", "javafx.css..");

    @ArchTest
    static final ArchRule viewModelsKnowNoControls = noClasses()
            .that()
            .haveSimpleNameEndingWith("ViewModel")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx.scene..", "javafx.fxml..", "javafx.stage..")
            .orShould()
            .dependOnClassesThat()
            .haveSimpleName("Words");

    @ArchTest
    static final ArchRule onlyUiThreadCallsRunLater = noClasses()
            .that()
            .doNotBelongToAnyOf(UiThread.class)
            .should()
            .callMethod(Platform.class, "runLater", Runnable.class);

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("dev.kansoku.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(new ArchCondition<>("be in a @NullMarked package") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(item, item.getPackageName() + " is not @NullMarked"));
                    }
                }
            });

    private static ArchRule mayKnow(String room, String... others) {
        String itself = "dev.kansoku." + room + "..";
        String[] allowed = Stream.of(EVERYWHERE, others, new String[] {itself, ""})
                .flatMap(Stream::of)
                .toArray(String[]::new);
        return classes().that().resideInAPackage(itself).should().onlyDependOnClassesThat(resideInAnyPackage(allowed));
    }
}
