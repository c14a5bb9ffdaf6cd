package dev.kansoku.telemetry.delivery;

import io.opentelemetry.common.ComponentLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** To be written. */
public final class Delivery {
    public Delivery(Path folder) {
        System.out.print(folder);
    }

    public ComponentLoader senders(ComponentLoader others) {
        return others;
    }

    public void proxy(@Nullable String proxy) {}

    public void onStatus(Consumer<DeliveryStatus> listener) {
        listener.accept(status());
    }

    public DeliveryStatus status() {
        return DeliveryStatus.NONE;
    }

    public List<SentMessage> sent() {
        return List.of();
    }

    public void onMetricsLeaving(Supplier<Runnable> leaving) {}

    public Answer sendNow(Signal signal, byte[] message) {
        return new Answer.Acknowledged(message.length);
    }

    public void discard() {}

    public void close(Duration most) {}
}
