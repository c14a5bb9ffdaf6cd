package dev.kansoku.telemetry.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.telemetry.delivery.DeliveryProblem.Kind;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Those of HTTP are in {@link DeliveryTest}. */
class AnswersTest {

    private static final String SECRET = "what the Collector says";

    @ParameterizedTest
    @CsvSource({
        "UNAUTHENTICATED,UNAUTHORIZED",
        "PERMISSION_DENIED,UNAUTHORIZED",
        "UNIMPLEMENTED,NOT_FOUND",
        "UNAVAILABLE,BUSY",
        "RESOURCE_EXHAUSTED,BUSY",
        "DEADLINE_EXCEEDED,TIMEOUT",
        "UNKNOWN,NO_COLLECTOR",
        "INTERNAL,NO_COLLECTOR"
    })
    void gRpcStatusesMeanWhatThoseOfHttpMean(GrpcStatusCode status, Kind kind) {
        assertThat(Answers.grpc(Signal.TRACES, grpc(status)))
                .isEqualTo(new Answer.NotNow(new DeliveryProblem(kind, "gRPC " + status)));
    }

    @Test
    void gRpcRefuses() {
        assertThat(Answers.grpc(Signal.LOGS, grpc(GrpcStatusCode.INVALID_ARGUMENT)))
                .isEqualTo(new Answer.Refused(new DeliveryProblem(Kind.REFUSED, "gRPC INVALID_ARGUMENT")));
    }

    @Test
    void anAcknowledgementSaysHowManyWereRejected() {
        var response = ExportLogsServiceResponse.newBuilder();
        response.getPartialSuccessBuilder().setRejectedLogRecords(3).setErrorMessage(SECRET);

        assertThat(Answers.grpc(
                        Signal.LOGS, grpc(GrpcStatusCode.OK, response.build().toByteArray())))
                .isEqualTo(new Answer.Acknowledged(3));
        assertThat(Answers.grpc(Signal.LOGS, grpc(GrpcStatusCode.OK))).isEqualTo(new Answer.Acknowledged(0));
    }

    @Test
    void failuresAreToldByTheirKindAndNameOnly() {
        assertThat(Answers.failed(new ConnectException(SECRET)))
                .isEqualTo(notNow(Kind.UNREACHABLE, "ConnectException"));
        assertThat(Answers.failed(new UnknownHostException(SECRET)))
                .isEqualTo(notNow(Kind.UNREACHABLE, "UnknownHostException"));
        assertThat(Answers.failed(new SocketTimeoutException(SECRET)))
                .isEqualTo(notNow(Kind.TIMEOUT, "SocketTimeoutException"));
        assertThat(Answers.failed(new SSLHandshakeException(SECRET)))
                .isEqualTo(notNow(Kind.TLS, "SSLHandshakeException"));
        assertThat(Answers.failed(new RuntimeException(SECRET, new SSLHandshakeException(SECRET))))
                .isEqualTo(notNow(Kind.TLS, "SSLHandshakeException"));
        assertThat(Answers.failed(new IOException(SECRET))).isEqualTo(notNow(Kind.NO_COLLECTOR, "IOException"));
    }

    private static Answer notNow(Kind kind, String detail) {
        return new Answer.NotNow(new DeliveryProblem(kind, detail));
    }

    private static GrpcResponse grpc(GrpcStatusCode status) {
        return grpc(status, new byte[0]);
    }

    private static GrpcResponse grpc(GrpcStatusCode status, byte[] message) {
        return new GrpcResponse() {
            @Override
            public GrpcStatusCode getStatusCode() {
                return status;
            }

            @Override
            public String getStatusDescription() {
                return SECRET;
            }

            @Override
            public byte[] getResponseMessage() {
                return message;
            }
        };
    }
}
