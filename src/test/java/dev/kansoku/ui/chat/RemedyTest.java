package dev.kansoku.ui.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ollama.OllamaError;
import org.junit.jupiter.api.Test;

class RemedyTest {

    @Test
    void whatHelpsIsOfferedAndWhatCannotIsNot() {
        assertThat(Remedy.of(new OllamaError.ModelMissing("m", ""))).startsWith(Remedy.PULL);
        assertThat(Remedy.of(new OllamaError.NotRunning(""))).containsExactly(Remedy.RETRY, Remedy.OTHER_ADDRESS);
        assertThat(Remedy.of(new OllamaError.NotOllama(404, ""))).containsExactly(Remedy.OTHER_ADDRESS);
        assertThat(Remedy.of(new OllamaError.DoesNotSupport("")))
                .as("with another model")
                .containsExactly(Remedy.RETRY);
        assertThat(Remedy.of(new OllamaError.ContextTooLong(""))).isEmpty();
        for (var waiting : OllamaError.TimedOut.Waiting.values()) {
            assertThat(Remedy.of(new OllamaError.TimedOut(waiting, ""))).startsWith(Remedy.RETRY);
        }
    }
}
