package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
class SamplerTest {

    private final FakeMachine machine = new FakeMachine();
    private final Sampler sampler =
            new Sampler(machine, new OllamaProcesses(machine), Snapshots::running, () -> null, new FrameTimes());
    private final List<Sample> heard = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Sampler.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        sampler.close();
        logger.detachAppender(log);
    }

    private void awaitSamples(int count) {
        await(count + " samples").pollInterval(Duration.ofMillis(10)).until(() -> heard.size() >= count);
    }

    @Test
    void itTakesOneAtOnceAndTheNextASecondLater() {
        sampler.onSample(heard::add);
        sampler.start();
        sampler.pace(Pace.EVERY_SECOND);

        awaitSamples(2);

        long between = heard.get(1).nanos() - heard.get(0).nanos();
        assertThat(Duration.ofNanos(between)).isBetween(Duration.ofMillis(700), Duration.ofSeconds(5));
        assertThat(sampler.samples().all()).startsWith(heard.get(0), heard.get(1));
    }

    @Test
    void aClockThatGoesBackStopsNothingAndLeavesRatesOpen() {
        machine.clock(Duration.ofHours(1));
        sampler.onSample(sample -> machine.clock(Duration.ofSeconds(1)));
        sampler.onSample(heard::add);
        sampler.start();
        sampler.pace(Pace.EVERY_SECOND);

        awaitSamples(2);

        Sample second = heard.get(1);
        assertThat(second.nanos()).isLessThan(heard.get(0).nanos());
        assertThat(second.self().cores()).isNull();
        assertThat(sampler.samples().all()).as("in order").containsExactly(second);
    }

    @Test
    void itDoesNothingWhenNobodyNeedsIt() {
        sampler.onSample(heard::add);
        sampler.start();
        await("no look").during(Duration.ofMillis(300)).until(() -> machine.looks() == 0);
        sampler.pace(Pace.EVERY_SECOND);
        awaitSamples(1);

        sampler.pace(Pace.OFF);

        int looks = machine.looks();
        await("no look").during(Duration.ofMillis(1300)).until(() -> machine.looks() == looks);
    }

    @Test
    void aChangeOfPaceTakesNoSampleBeforeItIsDue() {
        sampler.onSample(heard::add);
        sampler.start();
        sampler.pace(Pace.EVERY_FIVE_SECONDS);
        awaitSamples(1);

        for (int i = 0; i < 100; i++) {
            sampler.pace(i % 2 == 0 ? Pace.OFF : Pace.EVERY_FIVE_SECONDS);
        }

        await("no sample").during(Duration.ofMillis(300)).until(() -> heard.size() == 1);
    }

    @Test
    void aListenerThatThrowsHarmsNobody() {
        sampler.onSample(sample -> {
            throw new IllegalStateException("on purpose");
        });
        sampler.onSample(heard::add);
        sampler.start();
        sampler.pace(Pace.EVERY_SECOND);

        awaitSamples(2);

        assertThat(log.list).as("said once").hasSize(1);
    }

    @Test
    void aSampleThatFailsIsSaidOnceAndTheNextIsTaken() {
        var asked = new AtomicInteger();
        Machine.Counters counters = machine.counters();
        machine.counters(() -> {
            if (asked.incrementAndGet() < 3) {
                throw new UnsupportedOperationException("on purpose");
            }
            return counters;
        });
        sampler.onSample(heard::add);
        sampler.start();
        sampler.pace(Pace.EVERY_SECOND);

        awaitSamples(1);

        assertThat(asked).hasValue(3);
        assertThat(log.list).as("said once").hasSize(1);
    }

    @Test
    void itsThreadEndsWithIt() {
        var threads = new CopyOnWriteArrayList<Thread>();
        sampler.onSample(sample -> threads.add(Thread.currentThread()));
        sampler.start();
        sampler.pace(Pace.EVERY_SECOND);
        await("a sample").until(() -> !threads.isEmpty());
        Thread thread = threads.getFirst();
        assertThat(thread.isDaemon()).isTrue();

        sampler.close();

        await("the end of the thread").until(() -> !thread.isAlive());
    }
}
