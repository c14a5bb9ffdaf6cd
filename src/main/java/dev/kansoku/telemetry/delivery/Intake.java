package dev.kansoku.telemetry.delivery;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages over from the SDK and answers at once that they have arrived: from here on they are ours. The SDK calls it on
 * its own threads, and nothing but a failure to write the message down is a failure to it.
 */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Spool spool;
    private final MetricsSlot metrics;
    private final Runnable onTaken;
    private volatile Supplier<Runnable> onMetricsLeaving = () -> Intake::nobodyAsked;

    /** How often everything was discarded. What exporters from before send after it is discarded too. */
    private int era;

    Intake(Spool spool, MetricsSlot metrics, Runnable onTaken) {
        this.spool = spool;
        this.metrics = metrics;
        this.onTaken = onTaken;
    }

    void onMetricsLeaving(Supplier<Runnable> listener) {
        onMetricsLeaving = listener;
    }

    HttpSender http(Signal signal) {
        return new Http(signal);
    }

    GrpcSender grpc(Signal signal) {
        return new Grpc(signal);
    }

    synchronized void discard() {
        era++;
        spool.discard();
        metrics.discard();
    }

    private void take(int eraOfTheSender, Signal signal, MessageWriter writer) throws IOException {
        var bytes = new ByteArrayOutputStream(Math.max(0, writer.getContentLength()));
        writer.writeMessage(bytes);
        byte[] message = bytes.toByteArray();
        Runnable whenAcknowledged = signal == Signal.METRICS ? metricsLeave() : null;
        synchronized (this) {
            if (era != eraOfTheSender) {
                return;
            }
            if (whenAcknowledged != null) {
                metrics.put(message, whenAcknowledged);
            } else {
                spool.put(signal, message);
            }
        }
        onTaken.run();
    }

    private Runnable metricsLeave() {
        try {
            return onMetricsLeaving.get();
        } catch (RuntimeException e) {
            LOG.error("Whoever wants to know which metrics arrive failed", e);
            return Intake::nobodyAsked;
        }
    }

    private static void nobodyAsked() {}

    private synchronized int era() {
        return era;
    }

    private final class Http implements HttpSender {

        private final Signal signal;
        private final int madeIn = era();

        Http(Signal signal) {
            this.signal = signal;
        }

        @Override
        public void send(MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
            try {
                take(madeIn, signal, message);
            } catch (IOException | RuntimeException e) {
                onError.accept(e);
                return;
            }
            onResponse.accept(new Taken());
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private final class Grpc implements GrpcSender {

        private final Signal signal;
        private final int madeIn = era();

        Grpc(Signal signal) {
            this.signal = signal;
        }

        @Override
        public void send(MessageWriter message, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
            try {
                take(madeIn, signal, message);
            } catch (IOException | RuntimeException e) {
                onError.accept(e);
                return;
            }
            onResponse.accept(new TakenGrpc());
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private record Taken() implements HttpResponse {

        @Override
        public int getStatusCode() {
            return 200;
        }

        @Override
        public String getStatusMessage() {
            return "OK";
        }

        @Override
        public byte[] getResponseBody() {
            return new byte[0];
        }
    }

    private record TakenGrpc() implements GrpcResponse {

        @Override
        public GrpcStatusCode getStatusCode() {
            return GrpcStatusCode.OK;
        }

        @Override
        public String getStatusDescription() {
            return "";
        }

        @Override
        public byte[] getResponseMessage() {
            return new byte[0];
        }
    }
}
