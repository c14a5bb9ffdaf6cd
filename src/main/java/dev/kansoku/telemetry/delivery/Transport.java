package dev.kansoku.telemetry.delivery;

import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.util.function.Consumer;

/** One of the SDK's two kinds of senders, by what they have in common. */
interface Transport {

    void send(MessageWriter message, Consumer<Answer> answered);

    /** Breaks off what is on its way. */
    void shutDown();

    /** OTLP over HTTP. */
    record Http(Signal signal, HttpSender sender) implements Transport {

        @Override
        public void send(MessageWriter message, Consumer<Answer> answered) {
            sender.send(
                    message,
                    response -> answered.accept(Answers.http(signal, response)),
                    failure -> answered.accept(Answers.failed(failure)));
        }

        @Override
        public void shutDown() {
            sender.shutdown();
        }
    }

    /** OTLP over gRPC. */
    record Grpc(Signal signal, GrpcSender sender) implements Transport {

        @Override
        public void send(MessageWriter message, Consumer<Answer> answered) {
            sender.send(
                    message,
                    response -> answered.accept(Answers.grpc(signal, response)),
                    failure -> answered.accept(Answers.failed(failure)));
        }

        @Override
        public void shutDown() {
            sender.shutdown();
        }
    }
}
