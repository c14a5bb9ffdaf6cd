package dev.kansoku.telemetry.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SentMessagesTest {

    @Test
    void asManyOfTheLastAreKeptAsFit() {
        var messages = new SentMessages();
        for (int i = 0; i < 5; i++) {
            messages.add(message(i, 500_000));
        }
        assertThat(messages.all())
                .extracting(message -> message.at().getEpochSecond())
                .containsExactly(1L, 2L, 3L, 4L);

        messages.add(message(5, 3_000_000));
        assertThat(messages.all()).as("after one that does not fit").isEmpty();
    }

    private static SentMessage message(long second, int size) {
        return new SentMessage(Instant.ofEpochSecond(second), Signal.TRACES, new byte[size]);
    }
}
