package dev.kansoku.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReplyTextTest {

    private final ReplyText text = new ReplyText("");

    @Test
    void itGrowsAtItsEnd() {
        assertThat(text.append("Hel")).isEqualTo(3);
        assertThat(text.append("")).isEqualTo(3);
        assertThat(text.append("lo 🦙")).isEqualTo(8);

        assertThat(text).hasToString("Hello 🦙");
        assertThat(text.length()).isEqualTo(8);
        assertThat(text.read(0, 8)).isEqualTo("Hello 🦙");
        assertThat(text.read(3, 5)).isEqualTo("lo");
        assertThat(text.read(8, 8)).isEmpty();
    }

    @Test
    @Timeout(10)
    void whatWasOnceReadNeverChangesWhileItGrows() {
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 20_000; i++) {
                text.append("0123456789");
            }
        });

        int seen = 0;
        while (!writer.isDone() || seen < text.length()) {
            int length = text.length();
            String more = text.read(seen, length);
            assertThat(more.length()).isEqualTo(length - seen);
            assertThat(more.chars().filter(c -> c < '0' || c > '9').count()).isZero();
            seen = length;
        }
        writer.join();

        assertThat(seen).isEqualTo(200_000);
        assertThat(text.toString()).isEqualTo("0123456789".repeat(20_000));
    }
}
