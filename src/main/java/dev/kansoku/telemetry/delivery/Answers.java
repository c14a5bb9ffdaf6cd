package dev.kansoku.telemetry.delivery;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.kansoku.telemetry.delivery.DeliveryProblem.Kind;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What the answers of a Collector mean. The specification of OTLP has a client drop what is answered with any other status
 * than 429, 502, 503 and 504. Here only 400 and 413 do that, which say that it is this message: behind all others is more
 * often a wrong address, a missing token or a proxy, and somebody who mends it.
 */
final class Answers {

    private Answers() {}

    static Answer http(Signal signal, HttpResponse response) {
        int status = response.getStatusCode();
        String detail = "HTTP " + status;
        if (status >= 200 && status < 300) {
            return accepted(signal, response.getResponseBody(), detail);
        }
        return switch (status) {
            case 400, 413 -> new Answer.Refused(new DeliveryProblem(Kind.REFUSED, detail));
            case 401, 403 -> notNow(Kind.UNAUTHORIZED, detail);
            case 404 -> notNow(Kind.NOT_FOUND, detail);
            case 429, 502, 503, 504 -> notNow(Kind.BUSY, detail);
            default -> notNow(Kind.NO_COLLECTOR, detail);
        };
    }

    static Answer grpc(Signal signal, GrpcResponse response) {
        GrpcStatusCode status = response.getStatusCode();
        String detail = "gRPC " + status;
        return switch (status) {
            case OK -> accepted(signal, response.getResponseMessage(), detail);
            case INVALID_ARGUMENT -> new Answer.Refused(new DeliveryProblem(Kind.REFUSED, detail));
            case UNAUTHENTICATED, PERMISSION_DENIED -> notNow(Kind.UNAUTHORIZED, detail);
            case UNIMPLEMENTED, NOT_FOUND -> notNow(Kind.NOT_FOUND, detail);
            case UNAVAILABLE, RESOURCE_EXHAUSTED -> notNow(Kind.BUSY, detail);
            case DEADLINE_EXCEEDED -> notNow(Kind.TIMEOUT, detail);
            default -> notNow(Kind.NO_COLLECTOR, detail);
        };
    }

    /** No answer came, or none that could be read. */
    static Answer failed(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Kind kind = kind(cause);
            if (kind != null) {
                return notNow(kind, cause.getClass().getSimpleName());
            }
        }
        return notNow(Kind.NO_COLLECTOR, failure.getClass().getSimpleName());
    }

    static Answer notNow(Kind kind, String detail) {
        return new Answer.NotNow(new DeliveryProblem(kind, detail));
    }

    private static @Nullable Kind kind(Throwable failure) {
        return switch (failure) {
            case ConnectException _, UnknownHostException _, NoRouteToHostException _ -> Kind.UNREACHABLE;
            // Also of SocketTimeoutException.
            case InterruptedIOException _ -> Kind.TIMEOUT;
            case SSLException _ -> Kind.TLS;
            default -> null;
        };
    }

    private static Answer accepted(Signal signal, byte[] body, String detail) {
        try {
            return new Answer.Acknowledged(rejected(signal, body));
        } catch (InvalidProtocolBufferException e) {
            return notNow(Kind.NO_COLLECTOR, detail + " with another body than a Collector's");
        }
    }

    private static long rejected(Signal signal, byte[] body) throws InvalidProtocolBufferException {
        return switch (signal) {
            case TRACES ->
                ExportTraceServiceResponse.parseFrom(body).getPartialSuccess().getRejectedSpans();
            case METRICS ->
                ExportMetricsServiceResponse.parseFrom(body).getPartialSuccess().getRejectedDataPoints();
            case LOGS ->
                ExportLogsServiceResponse.parseFrom(body).getPartialSuccess().getRejectedLogRecords();
        };
    }
}
