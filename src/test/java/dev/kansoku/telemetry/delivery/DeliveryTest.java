package dev.kansoku.telemetry.delivery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.kansoku.telemetry.delivery.DeliveryProblem.Kind;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DeliveryTest {

    private static final Backoff QUICK = new Backoff(Duration.ofMillis(20), Duration.ofMillis(100));
    private static final Backoff ENDLESS = new Backoff(Duration.ofHours(1), Duration.ofHours(1));

    @TempDir
    private Path folder;

    @AutoClose
    private ScriptedCollector collector = ScriptedCollector.start();

    @AutoClose
    private @Nullable Exporting exporting;

    @AutoClose
    private @Nullable Delivery delivery;

    @Test
    void whatIsAcknowledgedIsDeleted() throws IOException {
        Delivery delivery = delivery(QUICK);
        exporting(delivery).spans("first").log("second").metrics(3);

        awaitSent(delivery, 3);
        assertThat(delivery.status().waiting()).as("waiting").isZero();
        assertThat(delivery.status().dropped()).as("dropped").isZero();
        assertThat(delivery.status().lastSent()).isNotNull();
        assertThat(files()).isEmpty();
        assertThat(collector.requests().stream().map(ScriptedCollector.Request::target))
                .containsExactlyInAnyOrder("/v1/traces", "/v1/logs", "/v1/metrics");
    }

    @Test
    void whatIsShownIsWhatArrivedUnpacked() {
        Delivery delivery = delivery(QUICK);
        exporting(delivery).spans("first").log("second").metrics(3);

        awaitSent(delivery, 3);
        assertThat(delivery.sent().stream().map(SentMessage::text))
                .containsExactlyElementsOf(delivery.sent().stream()
                        .map(sent -> collector.requests().stream()
                                .filter(request -> request.body().size() == sent.size())
                                .map(request -> MessageText.of(
                                        sent.signal(), request.body().toByteArray()))
                                .findFirst()
                                .orElse("nothing of this size arrived"))
                        .toList());
        assertThat(delivery.sent()).extracting(SentMessage::signal).containsExactlyInAnyOrder(Signal.values());
    }

    @Test
    void whatWaitsIsReadByNobodyElse() throws IOException {
        collector.always(ScriptedCollector.status(503));
        exporting(delivery(ENDLESS)).spans("first");

        assertThat(files())
                .singleElement()
                .satisfies(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spool())))
                .isEqualTo("rwx------");
    }

    @Test
    void anOutageOnlyDelays() {
        int port = collector.port();
        collector.close();
        Delivery delivery = delivery(QUICK);
        exporting(delivery).spans("a", "b", "c");
        awaitProblem(delivery, Kind.UNREACHABLE);
        assertThat(delivery.status().waiting()).isEqualTo(3);

        collector = ScriptedCollector.startAt(port);

        awaitSent(delivery, 3);
        assertThat(collector.spans()).containsExactly("a", "b", "c");
        assertThat(delivery.status().problem()).isNull();
    }

    @Test
    void afterAKillTheNextStartSendsFirstWhatWasLeft() throws IOException {
        collector.always(ScriptedCollector.status(503));
        // Not closed, as after a kill; it does not try again before the end of the test.
        var killed = new Delivery(spool(), ENDLESS, InstantSource.system());
        killed.start();
        try (Exporting old = exporting(killed)) {
            old.spans("a", "b");
            awaitProblem(killed, Kind.BUSY);

            try (var next = ScriptedCollector.start();
                    var restarted = new Delivery(spool(), QUICK, InstantSource.system());
                    var again = Exporting.to(next.endpoint(), restarted)) {
                restarted.start();
                again.spans("c");
                awaitSent(restarted, 3);
                assertThat(next.spans()).containsExactly("a", "b", "c");
            }
        }
        assertThat(files()).isEmpty();
        killed.close(Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "429,BUSY",
        "502,BUSY",
        "503,BUSY",
        "504,BUSY",
        "401,UNAUTHORIZED",
        "403,UNAUTHORIZED",
        "404,NOT_FOUND",
        "500,NO_COLLECTOR",
        "302,NO_COLLECTOR"
    })
    void whatIsNotTakenNowIsSentAgain(int status, Kind kind) {
        collector.then(status).then(status);
        var problems = new CopyOnWriteArrayList<DeliveryProblem>();
        Delivery delivery = delivery(new Backoff(Duration.ofMillis(400), Duration.ofMillis(400)));
        delivery.onStatus(told -> {
            if (told.problem() != null) {
                problems.add(told.problem());
            }
        });
        exporting(delivery).spans("a");

        awaitSent(delivery, 1);
        assertThat(problems).containsOnly(new DeliveryProblem(kind, "HTTP " + status));
        assertThat(collector.spans()).containsExactly("a", "a", "a");
        assertThat(delivery.status().dropped()).as("dropped").isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void whatIsRefusedIsDroppedAndDoesNotStopTheRest(int status) throws IOException {
        collector.then(status);
        Delivery delivery = delivery(ENDLESS);
        exporting(delivery).spans("bad", "good");

        awaitSent(delivery, 1);
        assertThat(collector.spans()).containsExactly("bad", "good");
        assertThat(delivery.status().dropped()).isEqualTo(1);
        assertThat(files()).isEmpty();
    }

    @Test
    void silenceIsATimeout() {
        collector.then(collector.silence());
        // Long enough for the problem to be seen.
        Delivery delivery = delivery(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        exporting(delivery, Map.of("otel.exporter.otlp.timeout", "300")).spans("a");

        awaitProblem(delivery, Kind.TIMEOUT);
        awaitSent(delivery, 1);
    }

    @Test
    void anAnswerThatIsNoCollectorsIsNoAcknowledgement() {
        collector
                .then(ScriptedCollector.body(200, "text/html", "<html><body>Sign in</body></html>"))
                .then(ScriptedCollector.body(200, "application/json", "{\"partialSuccess\":{}}"))
                .then(ScriptedCollector.body(200, "application/x-protobuf", "\n@half"))
                // Half of a body.
                .then(exchange -> {
                    exchange.sendResponseHeaders(200, 66);
                    exchange.getResponseBody().write(new byte[] {10, 64, 8, 1});
                });
        var problems = new CopyOnWriteArrayList<DeliveryProblem>();
        Delivery delivery = delivery(new Backoff(Duration.ofMillis(400), Duration.ofMillis(400)));
        delivery.onStatus(told -> {
            if (told.problem() != null) {
                problems.add(told.problem());
            }
        });
        exporting(delivery).spans("a");

        awaitSent(delivery, 1);
        assertThat(collector.spans()).hasSize(5);
        assertThat(problems).extracting(DeliveryProblem::kind).containsOnly(Kind.NO_COLLECTOR);
        assertThat(problems).extracting(DeliveryProblem::detail).noneMatch(detail -> detail.contains("Sign in"));
    }

    @Test
    void ofMetricsOnlyTheLatestArrivesAfterAnOutage() {
        collector.then(503);
        var leaving = new AtomicInteger();
        var arrived = new CopyOnWriteArrayList<Integer>();
        Delivery delivery = delivery(new Backoff(Duration.ofMillis(500), Duration.ofMillis(500)));
        delivery.onMetricsLeaving(() -> {
            int number = leaving.incrementAndGet();
            return () -> arrived.add(number);
        });
        exporting(delivery).metrics(1);
        awaitProblem(delivery, Kind.BUSY);
        exporting(delivery).metrics(10).metrics(100);
        assertThat(delivery.status().waiting()).isEqualTo(1);

        awaitSent(delivery, 1);
        assertThat(turns(0)).isEqualTo(1);
        assertThat(turns(1)).isEqualTo(111);
        assertThat(arrived).containsExactly(3);
        assertThat(delivery.status().dropped()).as("dropped").isZero();
    }

    @Test
    void metricsThatWereReplacedWhileTheyWereOnTheirWayHaveStillArrived() {
        collector.then(exchange -> {
            Exporting other = exporting;
            if (other != null) {
                other.metrics(1);
            }
            exchange.sendResponseHeaders(200, -1);
        });
        var leaving = new AtomicInteger();
        var arrived = new CopyOnWriteArrayList<Integer>();
        Delivery delivery = delivery(QUICK);
        delivery.onMetricsLeaving(() -> {
            int number = leaving.incrementAndGet();
            return () -> arrived.add(number);
        });
        exporting(delivery).metrics(1);

        awaitSent(delivery, 2);
        await().untilAsserted(() -> assertThat(arrived).containsExactly(1, 2));
    }

    @Test
    void oneSignalThatIsNotTakenDoesNotStopTheOthers() {
        collector.always(exchange -> {
            boolean traces = exchange.getRequestURI().getPath().equals("/v1/traces");
            exchange.sendResponseHeaders(traces ? 404 : 200, -1);
        });
        Delivery delivery = delivery(QUICK);
        exporting(delivery).spans("a").log("b").metrics(1).log("c");

        awaitSent(delivery, 3);
        assertThat(delivery.status().waiting()).isEqualTo(1);
    }

    @Test
    void aPauseIsNotShortenedByNewMessagesButEndedByATestThatArrives() {
        collector.then(503);
        Delivery delivery = delivery(ENDLESS);
        exporting(delivery).spans("a");
        awaitProblem(delivery, Kind.BUSY);
        exporting(delivery).spans("b").metrics(1);
        await().during(Duration.ofMillis(300)).until(() -> collector.requests().size() == 1);

        Answer answer = delivery.sendNow(
                Signal.TRACES, collector.requests().getFirst().body().toByteArray());

        assertThat(answer).isEqualTo(new Answer.Acknowledged(0));
        awaitSent(delivery, 4);
        assertThat(collector.spans()).containsExactly("a", "a", "a", "b");
    }

    @Test
    void aTestSaysWhatIsWrongAndIsNotKept() {
        collector.always(ScriptedCollector.status(401));
        Delivery delivery = delivery(ENDLESS);
        exporting(delivery);

        assertThat(delivery.sendNow(Signal.LOGS, new byte[0]))
                .isEqualTo(new Answer.NotNow(new DeliveryProblem(Kind.UNAUTHORIZED, "HTTP 401")));
        assertThat(delivery.status().waiting()).isZero();
        assertThat(delivery.status().problem()).isEqualTo(new DeliveryProblem(Kind.UNAUTHORIZED, "HTTP 401"));
    }

    @Test
    void closingSendsDuringAPause() {
        collector.then(503);
        Delivery delivery = delivery(ENDLESS);
        exporting(delivery).spans("a", "b");
        awaitProblem(delivery, Kind.BUSY);

        delivery.close(Duration.ofSeconds(10));
        assertThat(collector.spans()).containsExactly("a", "a", "b");
    }

    @Test
    void closingTakesItsTimeAndNoMore() throws IOException {
        collector.always(collector.silence());
        Delivery delivery = delivery(QUICK);
        exporting(delivery).spans("a");
        await().until(() -> collector.requests().size() == 1);

        long begin = System.nanoTime();
        delivery.close(Duration.ofMillis(500));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(450), Duration.ofMillis(1500));

        exporting(delivery).spans("b");
        assertThat(files()).as("for the next start").hasSize(2);
        assertThat(collector.requests()).hasSize(1);
    }

    @Test
    void closingSendsWhatIsThere() throws IOException {
        Delivery delivery = delivery(QUICK);
        exporting(delivery).spans("a", "b").metrics(1);
        delivery.close();

        assertThat(collector.spans()).containsExactly("a", "b");
        assertThat(delivery.status().sent()).isEqualTo(3);
        assertThat(files()).isEmpty();
    }

    @Test
    void afterSwitchingOffNothingIsLeftAndNothingLeaves() throws IOException {
        collector.always(collector.silence());
        Delivery delivery = delivery(QUICK);
        Exporting before = exporting(delivery).spans("a", "b").metrics(1);
        await().until(() -> !collector.requests().isEmpty());
        int requests = collector.requests().size();

        delivery.discard();
        before.spans("c").metrics(1);

        assertThat(files()).isEmpty();
        assertThat(delivery.status().waiting()).isZero();
        assertThat(delivery.status().problem()).isNull();
        await().during(Duration.ofMillis(300)).until(() -> collector.requests().size() == requests);

        collector.always(ScriptedCollector.status(200));
        try (Exporting again = Exporting.to(collector.endpoint(), delivery)) {
            again.spans("d");
            awaitSent(delivery, 1);
            assertThat(collector.spans()).endsWith("d").doesNotContain("c");
        }
    }

    @Test
    void withoutADiskACollectorThatIsThereGetsItAll() throws IOException {
        Files.writeString(spool(), "a file where the folder should be");
        collector.then(503);
        Delivery delivery = delivery(QUICK);
        exporting(delivery).spans("a", "b").log("c");

        awaitSent(delivery, 3);
        assertThat(collector.spans()).contains("a", "b");
        assertThat(delivery.status().problem())
                .isNotNull()
                .extracting(DeliveryProblem::kind)
                .isEqualTo(Kind.DISK);
    }

    @Test
    void aListenerIsToldAtOnceAndThenNotTooOften() {
        Delivery delivery = delivery(QUICK);
        var told = new CopyOnWriteArrayList<DeliveryStatus>();
        delivery.onStatus(told::add);
        await().atMost(Duration.ofMillis(200)).until(() -> told.size() == 1);

        long begin = System.nanoTime();
        Exporting exporting = exporting(delivery);
        for (int i = 0; i < 40; i++) {
            exporting.spans("a");
        }
        await().until(() -> told.getLast().sent() == 40);
        double seconds = (System.nanoTime() - begin) / 1e9;
        assertThat(told.size()).as("in %.2f s", seconds).isLessThanOrEqualTo((int) (seconds * 4) + 2);
    }

    private Path spool() {
        return folder.resolve("spool");
    }

    private Delivery delivery(Backoff backoff) {
        delivery = new Delivery(spool(), backoff, InstantSource.system());
        delivery.start();
        return delivery;
    }

    private Exporting exporting(Delivery delivery) {
        return exporting(delivery, Map.of());
    }

    private Exporting exporting(Delivery delivery, Map<String, String> properties) {
        Exporting there = exporting;
        if (there == null) {
            there = Exporting.to(collector.endpoint(), delivery, properties);
            exporting = there;
        }
        return there;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(spool())) {
            return files.toList();
        }
    }

    private static void awaitSent(Delivery delivery, long messages) {
        await("sent")
                .atMost(10, SECONDS)
                .untilAsserted(() -> assertThat(delivery.status().sent()).isEqualTo(messages));
    }

    private static void awaitProblem(Delivery delivery, Kind kind) {
        await("problem")
                .atMost(10, SECONDS)
                .untilAsserted(() -> assertThat(delivery.status().problem())
                        .isNotNull()
                        .extracting(DeliveryProblem::kind)
                        .isEqualTo(kind));
    }

    private long turns(int request) {
        try {
            return ExportMetricsServiceRequest.parseFrom(
                            collector.requests().get(request).body())
                    .getResourceMetricsList()
                    .stream()
                    .flatMap(resource -> resource.getScopeMetricsList().stream())
                    .flatMap(scope -> scope.getMetricsList().stream())
                    .filter(metric -> metric.getName().equals("turns"))
                    .map(Metric::getSum)
                    .mapToLong(sum -> sum.getDataPoints(0).getAsInt())
                    .sum();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
