package dev.kansoku;

import dev.kansoku.chat.ChatService;
import dev.kansoku.chat.Engine;
import dev.kansoku.chat.EngineChoice;
import dev.kansoku.chat.ModelWatch;
import dev.kansoku.demo.DemoEngine;
import dev.kansoku.faults.Faults;
import dev.kansoku.history.History;
import dev.kansoku.history.KeptTurnMeasurement;
import dev.kansoku.measure.ColdStart;
import dev.kansoku.measure.FrameTimes;
import dev.kansoku.measure.KnownLoads;
import dev.kansoku.measure.LoadTimes;
import dev.kansoku.measure.LocalMachine;
import dev.kansoku.measure.NvidiaSmi;
import dev.kansoku.measure.OllamaProcesses;
import dev.kansoku.measure.PhaseWatch;
import dev.kansoku.measure.Sampler;
import dev.kansoku.measure.SamplingPace;
import dev.kansoku.measure.TurnRecorder;
import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.Timeouts;
import dev.kansoku.privacy.Masker;
import dev.kansoku.settings.Folders;
import dev.kansoku.settings.ServerAddress;
import dev.kansoku.settings.Settings;
import dev.kansoku.settings.Stored;
import dev.kansoku.settings.WindowState;
import dev.kansoku.telemetry.Installation;
import dev.kansoku.telemetry.TelemetryControl;
import dev.kansoku.telemetry.TelemetrySettings;
import dev.kansoku.telemetry.Token;
import dev.kansoku.ui.MainWindow;
import dev.kansoku.ui.chat.ChatViewModel;
import dev.kansoku.ui.chat.KeptConversations;
import dev.kansoku.ui.chat.SavingViewModel;
import dev.kansoku.ui.common.UiThread;
import dev.kansoku.ui.conversations.ConversationsViewModel;
import dev.kansoku.ui.models.ModelsViewModel;
import dev.kansoku.ui.panel.PanelViewModel;
import dev.kansoku.ui.search.SearchViewModel;
import dev.kansoku.ui.search.SearchedHistory;
import dev.kansoku.ui.telemetry.TelemetryViewModel;
import dev.kansoku.ui.welcome.EngineViewModel;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the program by hand, top to bottom: the map of what there is and who knows whom. */
public final class AppGraph implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AppGraph.class);

    /** Whom to ask, and how patiently. */
    private record Connection(OllamaAddress address, Timeouts timeouts) {

        OllamaClient open() {
            return new OllamaClient(address, timeouts);
        }
    }

    private final CommandLine commandLine;
    private final Map<String, String> environment;
    private final Stored<Settings> settings;
    private final Stored<WindowState> windowState;
    private final History history;
    private final KeptConversations kept;
    private final SearchedHistory searched;
    private final Stored<TelemetrySettings> telemetrySettings;
    private final Stored<Installation> installation;
    private final TelemetryControl telemetry;
    private final Engine engine;
    private final EngineChoice choice;
    private final ModelWatch models;
    private final ChatService chat;
    private final Sampler sampler;
    private final SamplingPace pace;
    private final Erasure erasure;
    private final MainWindow window;
    private final Stage stage;

    private Connection connected;
    private @Nullable DemoEngine demo;

    /** @param openPage opens a page in the user's browser */
    public AppGraph(
            Stage stage,
            CommandLine commandLine,
            Map<String, String> environment,
            Folders folders,
            Faults faults,
            Consumer<String> openPage) {
        this.stage = stage;
        this.commandLine = commandLine;
        this.environment = environment;
        settings = new Stored<>(folders.config().resolve("settings.json"), Settings.class, Settings.DEFAULTS);
        windowState = new Stored<>(folders.config().resolve("window.json"), WindowState.class, WindowState.DEFAULTS);
        history = new History(folders.data().resolve("history.db"), InstantSource.system());
        telemetrySettings = new Stored<>(
                folders.config().resolve("telemetry.json"), TelemetrySettings.class, TelemetrySettings.DEFAULTS);
        installation = new Stored<>(folders.data().resolve("installation.json"), Installation.class, Installation.NEW);

        connected = connection();
        engine = new Engine(connected.open());
        choice = new EngineChoice(engine, this::demo, commandLine.demo());
        models = new ModelWatch(engine);
        chat = new ChatService(engine, models, InstantSource.system());

        var machine = new LocalMachine();
        var processes = new OllamaProcesses(machine);
        var gpu = new NvidiaSmi(environment.getOrDefault("PATH", ""), machine::nanos);
        var frames = new FrameTimes();
        UiThread.onFrame(frames::drawn);
        sampler = new Sampler(machine, processes, models::latest, gpu, frames);
        pace = new SamplingPace(sampler::pace);
        var loadTimes = new LoadTimes(KnownLoads.NONE);
        loadTimes.onLearnt(history::learnt);
        var panelView = new PanelViewModel();
        loadTimes.onLearnt(known -> UiThread.later(() -> panelView.learnt(known)));
        var recorder = new TurnRecorder(models, processes, sampler.samples(), loadTimes);
        var phases = new PhaseWatch(models, processes);

        var token = new Token(folders.config().resolve("telemetry-token"));
        telemetry = new TelemetryControl(
                telemetrySettings,
                installation,
                token,
                new Masker(Locale.getDefault().getCountry()),
                new TelemetryControl.Surroundings(
                        environment,
                        folders.data().resolve("telemetry"),
                        folders.logs(),
                        chat.sessionId(),
                        models::latest,
                        () -> machine.counters().memoryTotal()));

        kept = new KeptConversations(history);
        var chatView = new ChatViewModel(chat, kept);
        var conversationsView =
                new ConversationsViewModel(chatView, history, kept::ask, Clock.system(ZoneId.systemDefault()));
        var modelsView = new ModelsViewModel(
                engine, models, new ColdStart(models, processes, machine, loadTimes), settings, windowState);
        var engineView = new EngineViewModel(choice);
        searched = new SearchedHistory(history);
        var searchView = new SearchViewModel(searched, UiThread::run, Clock.system(ZoneId.systemDefault()));
        var telemetryView = new TelemetryViewModel(telemetry, telemetrySettings, token);
        window = new MainWindow(
                stage,
                chatView,
                conversationsView,
                searchView,
                modelsView,
                engineView,
                panelView,
                telemetryView,
                history,
                settings,
                windowState,
                this::address,
                recorder::drawn,
                openPage,
                new SavingViewModel(history, folders.data()),
                this::deleteAll);
        erasure = new Erasure(folders, chat, history, loadTimes, telemetry, faults);

        chat.listen(history);
        // It only notes what there is to write.
        chat.observe(history, Runnable::run);
        recorder.onMeasured(history::measured);
        kept.restore(reader -> {
            KnownLoads known = reader.loads();
            List<KeptTurnMeasurement> turns = reader.latest(false, PanelViewModel.MOST_TURNS);
            List<KeptTurnMeasurement> demoTurns = reader.latest(true, PanelViewModel.MOST_TURNS);
            loadTimes.restore(known);
            UiThread.later(() -> {
                panelView.learnt(loadTimes.known());
                panelView.restore(turns);
                panelView.restore(demoTurns);
            });
        });

        Executor background = command -> Thread.ofVirtual().name("observer").start(command);
        chat.observe(recorder, background);
        chat.observe(phases, background);
        chat.observe(choice, background);
        chat.observe(pace, background);
        chat.observe(telemetry, background);
        chat.observe(chatView::on, UiThread.nextFrame());
        chat.observe(panelView::on, UiThread.nextFrame());
        phases.onPhase((turn, phase) -> UiThread.nextFrame().execute(() -> {
            chatView.phase(turn, phase, recorder.typicalLoad(turn).orElse(null));
            panelView.phase(turn, phase);
        }));
        recorder.onMeasured(measurement -> UiThread.nextFrame().execute(() -> {
            chatView.measured(measurement);
            panelView.measured(measurement);
        }));

        recorder.onMeasured(telemetry::measured);
        sampler.onSample(telemetry::sampled);
        sampler.onSample(sample -> UiThread.later(() -> panelView.sampled(sample)));

        settings.subscribe(changed -> connectAnewIfAsked());
        settings.onProblem(window::tell);
        windowState.onProblem(window::tell);
        telemetrySettings.onProblem(window::tell);
        installation.onProblem(window::tell);
        faults.onFault(window::tell);
        history.onRecovered(window::tell);
        history.onRecovered(recovery -> UiThread.later(conversationsView::reload));
    }

    public void start() {
        history.start();
        stage.iconifiedProperty().subscribe(iconified -> {
            models.setLooked(!iconified);
        });
        window.show();
        UiThread.nextPulse().execute(() -> telemetry.shown(Instant.now()));
        window.panelLookedAtProperty().subscribe(pace::setLookedAt);
        models.start();
        sampler.start();
        choice.start();
        telemetry.start();
        if (!OllamaAddress.isValid(address().text())) {
            window.tellUnusable(address());
        }
        LOG.info("started");
    }

    /** From any thread. */
    public void bringToFront() {
        UiThread.later(window::bringToFront);
    }

    private void deleteAll() {
        erasure.begin(window::deletedAll);
    }

    private ServerAddress address() {
        return ServerAddress.choose(commandLine.ollama(), environment, settings.get());
    }

    private Connection connection() {
        Settings now = settings.get();
        String address = address().text();
        return new Connection(
                OllamaAddress.isValid(address) ? OllamaAddress.parse(address) : OllamaAddress.DEFAULT,
                new Timeouts(Timeouts.DEFAULT.connect(), now.firstByteTimeout(), now.idleTimeout()));
    }

    private synchronized void connectAnewIfAsked() {
        Connection wanted = connection();
        if (!wanted.equals(connected)) {
            connected = wanted;
            choice.use(wanted.open());
        }
    }

    private synchronized OllamaClient demo() {
        if (demo == null) {
            demo = DemoEngine.start();
        }
        return new OllamaClient(demo.address(), Timeouts.DEFAULT);
    }

    private synchronized void endDemo() {
        if (demo != null) {
            demo.close();
        }
    }

    @Override
    public void close() {
        chat.close();
        telemetry.close();
        sampler.close();
        models.close();
        settings.close();
        windowState.close();
        kept.close();
        searched.close();
        history.close();
        telemetrySettings.close();
        installation.close();
        engine.client().close();
        choice.close();
        endDemo();
    }
}
