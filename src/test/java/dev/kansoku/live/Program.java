package dev.kansoku.live;

import static org.awaitility.Awaitility.await;

import dev.kansoku.chat.ChatService;
import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.Engine;
import dev.kansoku.chat.ModelWatch;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.measure.Drawing;
import dev.kansoku.measure.FrameTimes;
import dev.kansoku.measure.KnownLoads;
import dev.kansoku.measure.LoadTimes;
import dev.kansoku.measure.LocalMachine;
import dev.kansoku.measure.OllamaProcesses;
import dev.kansoku.measure.Pace;
import dev.kansoku.measure.Phase;
import dev.kansoku.measure.PhaseWatch;
import dev.kansoku.measure.Sampler;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.measure.TurnRecorder;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.Timeouts;
import dev.kansoku.telemetry.TelemetryControl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The program without its window, wired as in {@code AppGraph}; it stands where the window would, and remembers all it hears. */
public final class Program implements AutoCloseable {

    /** Far more than anything here takes, on a machine that has other things to do as well. */
    static final Duration LONG = Duration.ofMinutes(2);

    private static final Duration POLL = Duration.ofMillis(10);

    private static final Executor BACKGROUND =
            command -> Thread.ofVirtual().name("observer").start(command);

    private final Engine engine;
    private final ModelWatch models;
    private final ChatService chat;
    private final Sampler sampler;
    private final TurnRecorder recorder;
    private final Map<Turn, List<TurnEvent>> events = new ConcurrentHashMap<>();
    private final Map<Turn, List<Phase>> phases = new ConcurrentHashMap<>();
    private final Map<Turn, List<TurnMeasurement>> measurements = new ConcurrentHashMap<>();

    private Program(String address) {
        engine = new Engine(new OllamaClient(OllamaAddress.parse(address), Timeouts.DEFAULT));
        models = new ModelWatch(engine);
        chat = new ChatService(engine, models, InstantSource.system());

        var machine = new LocalMachine();
        var processes = new OllamaProcesses(machine);
        sampler = new Sampler(machine, processes, models::latest, () -> null, new FrameTimes());
        recorder = new TurnRecorder(models, processes, sampler.samples(), new LoadTimes(KnownLoads.NONE));
        var phaseWatch = new PhaseWatch(models, processes);

        chat.observe(recorder, BACKGROUND);
        chat.observe(phaseWatch, BACKGROUND);
        chat.observe(this::on, BACKGROUND);
        phaseWatch.onPhase((turn, phase) -> of(phases, turn).add(phase));
        recorder.onMeasured(measurement -> of(measurements, measurement.turn()).add(measurement));
    }

    /** Starts it as if its window were open, and waits until it knows the server. */
    static Program at(LiveOllama ollama) {
        return at(ollama.address());
    }

    /** The same where something stands between it and the server. */
    public static Program at(String address) {
        var program = new Program(address);
        program.models.setLooked(true);
        program.models.start();
        program.sampler.pace(Pace.EVERY_SECOND);
        program.sampler.start();
        awaitThat("the server is known", LONG, () -> program.models.latest().isKnown());
        return program;
    }

    /** At most so many tokens, and the same ones every time. */
    static ModelOptions tokens(int most) {
        return options(null, most);
    }

    /**
     * One thread only: two of them wait for each other in a busy loop, and get next to nothing done where another process
     * wants a core too.
     *
     * @param context the window in tokens; {@code null} for the server's default
     */
    static ModelOptions options(@Nullable Integer context, int most) {
        return new ModelOptions(context, most, 1, null, 7, 0.0, null, null, null, null, null);
    }

    OllamaClient client() {
        return engine.client();
    }

    public ModelWatch models() {
        return models;
    }

    Sampler sampler() {
        return sampler;
    }

    /** Tells of all that happens from now on, as the program does. */
    public void tell(TelemetryControl telemetry) {
        chat.observe(telemetry, BACKGROUND);
        recorder.onMeasured(telemetry::measured);
        sampler.onSample(telemetry::sampled);
    }

    public ChatService chat() {
        return chat;
    }

    Turn send(String model, ModelOptions options, String prompt) {
        return send(chat.newConversation(), model, options, prompt);
    }

    Turn send(Conversation conversation, String model, ModelOptions options, String prompt) {
        return chat.send(conversation, model, options, Prompt.of(prompt));
    }

    /** Sends a prompt in a conversation of its own and waits until its reply is measured. */
    TurnMeasurement ask(String model, ModelOptions options, String prompt) {
        return measured(send(model, options, prompt));
    }

    TurnEvent.Ended ended(Turn turn) {
        awaitThat("the end of " + turn, LONG, () -> hasEnded(turn));
        return (TurnEvent.Ended) events(turn).getLast();
    }

    boolean hasEnded(Turn turn) {
        var heard = events(turn);
        return !heard.isEmpty() && heard.getLast() instanceof TurnEvent.Ended;
    }

    public TurnMeasurement measured(Turn turn) {
        awaitThat("the measurement of " + turn, LONG, () -> !measurements(turn).isEmpty());
        return measurements(turn).getFirst();
    }

    /** Waits until so much of the answer is there that the model is certainly writing. */
    void awaitText(Turn turn) {
        awaitThat("text of " + turn, LONG, () -> turn.answer().length() > 20);
    }

    void awaitPhase(Turn turn, Phase phase) {
        awaitThat(phase + " of " + turn, LONG, () -> phases(turn).contains(phase));
    }

    /** Unloads a model as the window would, and waits until the program knows that it is gone. */
    void awaitUnloaded(String model) throws Exception {
        client().unload(model);
        models.askNow();
        awaitThat(model + " is unloaded", LONG, () -> {
            var now = models.latest();
            return now.isKnown() && now.running(model).isEmpty();
        });
    }

    List<TurnEvent> events(Turn turn) {
        return of(events, turn);
    }

    List<Phase> phases(Turn turn) {
        return of(phases, turn);
    }

    List<TurnMeasurement> measurements(Turn turn) {
        return of(measurements, turn);
    }

    /** A condition that comes true by what others do. */
    static void awaitThat(String what, Duration most, Callable<Boolean> condition) {
        await(what).pollDelay(Duration.ZERO).pollInterval(POLL).atMost(most).until(condition);
    }

    private void on(TurnEvent event) {
        of(events, event.turn()).add(event);
        if (event instanceof TurnEvent.Ended ended) {
            recorder.drawn(ended.turn(), new Drawing(System.nanoTime(), null));
        }
    }

    private static <T> List<T> of(Map<Turn, List<T>> heard, Turn turn) {
        return heard.computeIfAbsent(turn, t -> new CopyOnWriteArrayList<>());
    }

    @Override
    public void close() {
        chat.close();
        sampler.close();
        models.close();
        engine.client().close();
    }
}
