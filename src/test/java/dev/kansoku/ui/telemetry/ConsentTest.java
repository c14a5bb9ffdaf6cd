package dev.kansoku.ui.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.privacy.Masker;
import dev.kansoku.privacy.TextLevel;
import dev.kansoku.ui.Program;
import dev.kansoku.ui.common.FxmlView;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.tour.Sight;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.RadioButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the question before anything is sent says. */
@Timeout(60)
class ConsentTest {

    private static final Words WORDS = new Words(Locale.ENGLISH);

    private final List<TextLevel> agreed = new ArrayList<>();
    private Stage stage;

    @BeforeEach
    void open() {
        Program.toolkit();
        stage = Program.onFx(() -> new Stage());
    }

    private void ask(String endpoint, boolean fromEnvironment, TextLevel level) {
        Program.run(() -> {
            var masker = new MaskerViewModel(new Masker("")::mask, level, Direct.BACKGROUND);
            var controller = new ConsentController(endpoint, fromEnvironment, masker, WORDS, agreed::add, () -> {});
            stage.setScene(new Scene(FxmlView.TELEMETRY_CONSENT.load(WORDS, controller)));
            stage.show();
        });
    }

    @AfterEach
    void close() {
        Program.run(stage::close);
    }

    @Test
    void aVariableOfTheEnvironmentIsNamed() {
        ask("https://collector.example:4318", true, TextLevel.MASKED);
        assertThat(Sight.texts())
                .contains("collector.example:4318", "OTEL_EXPORTER_OTLP_")
                .doesNotContain("entered in Kansoku");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://collector.example:4318", "https://collector.example:4318"})
    void aConnectionThatOthersCanReadIsSaid(String endpoint) {
        ask(endpoint, false, TextLevel.MASKED);
        assertThat(Sight.texts().contains(WORDS.get("telemetry.consent.open"))).isEqualTo(endpoint.startsWith("http:"));
    }

    @ParameterizedTest
    @EnumSource(TextLevel.class)
    void theLevelOfTheSettingsIsTheOneToBeginWith(TextLevel level) {
        ask("https://collector.example", false, level);
        assertThat(Sight.all(RadioButton.class, RadioButton::isSelected))
                .extracting(RadioButton::getText)
                .containsExactly(WORDS.get("telemetry.level." + Keys.of(level)));
        assertThat(agreed).as("agreed to before anybody agreed").isEmpty();
    }

    @Test
    void noButtonAgreesByEnterAndTheOneThatDoesTellsTheLevel() {
        ask("https://collector.example", false, TextLevel.LENGTH);
        assertThat(Sight.all(Button.class, Button::isDefaultButton)).isEmpty();
        Button agree = Sight.all(
                        Button.class,
                        button -> WORDS.get("telemetry.consent.agree").equals(button.getText()))
                .getFirst();
        Program.run(agree::fire);
        assertThat(agreed).containsExactly(TextLevel.LENGTH);
    }
}
