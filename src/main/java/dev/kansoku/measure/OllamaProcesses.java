package dev.kansoku.measure;

import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.measure.Machine.Listener;
import dev.kansoku.measure.Machine.ProcessCounters;
import dev.kansoku.measure.Machine.ProcessEntry;
import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.ollama.RunningModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The processes of the Ollama in use, if it is on this machine: {@code ollama serve}, and its children that run a model
 * each. Those are {@code ollama_llama_server --model …/blobs/sha256-…} up to 0.5.1, {@code ollama runner … --model …} up
 * to 0.24, and {@code llama-server --model …} from 0.30 on; without {@code --model} they only try out the hardware.
 *
 * <p>The server is the one that listens at the port of the Ollama in use. The system does not tell that of another user's
 * process, as Ollama is when it was installed as a service; then it is the one that runs what the server lists as running,
 * or else the only one there is. If that leaves two, nothing is claimed.
 *
 * <p>Who the processes are is looked for only now and then, see {@link #look}; in between only they are read.
 */
public final class OllamaProcesses {

    /**
     * One process that runs a model.
     *
     * @param blob file name of the weights it was started with
     */
    public record Runner(String blob, ProcessCounters process) {}

    /**
     * What there is at one moment.
     *
     * @param server {@code null} if it was not found, or cannot be read
     */
    public record Running(@Nullable ProcessCounters server, List<Runner> runners) {

        static final Running NOTHING = new Running(null, List.of());

        public Running {
            runners = List.copyOf(runners);
        }

        /** The process that runs a model: the youngest with its weights, as an old one may take a while to end. */
        public Optional<Runner> runner(String blob) {
            return runners.stream()
                    .filter(runner -> runner.blob().equals(blob))
                    .max(Comparator.comparing(runner -> runner.process().startedAt()));
        }
    }

    /** What the processes depend on: a model that comes or goes has a process that does. */
    private record Wanted(OllamaAddress server, Set<String> digests) {

        static Wanted by(ModelSnapshot models) {
            return new Wanted(
                    models.server(),
                    models.running().stream().map(RunningModel::digest).collect(Collectors.toSet()));
        }
    }

    private record Search(Wanted wanted, long nanos, boolean serverFound, Running found) {}

    private record Ports(Set<Long> candidates, long nanos, List<Listener> listeners) {}

    private static final Duration SEARCH_AGAIN = Duration.ofSeconds(10);

    /** A runner that should be there comes soon. */
    private static final Duration SEARCH_MISSING_AGAIN = Duration.ofMillis(250);

    private static final Duration ASK_PORTS_AGAIN = Duration.ofMinutes(1);

    private final Machine machine;
    private @Nullable Search search;
    private @Nullable Ports ports;

    public OllamaProcesses(Machine machine) {
        this.machine = machine;
    }

    /**
     * Reads the processes of the server that a snapshot is about. Costs some milliseconds when it has to look for them
     * anew: because one is gone, another model runs, one that runs has no process, or 10 s went by. Not for the FX
     * thread.
     *
     * @return nothing for a server on another machine, or the demo engine
     */
    public synchronized Running look(ModelSnapshot models) {
        if (models.demo() || !models.server().isLoopback()) {
            search = null;
            return Running.NOTHING;
        }
        Search known = search;
        @Nullable Running running = known == null || isOutdated(known, models) ? null : read(known.found());
        if (running == null) {
            search = search(models);
            running = search.found();
        }
        return running;
    }

    private boolean isOutdated(Search known, ModelSnapshot models) {
        Duration age = Duration.ofNanos(machine.nanos() - known.nanos());
        return age.isNegative()
                || age.compareTo(SEARCH_AGAIN) >= 0
                || !known.wanted().equals(Wanted.by(models))
                || (age.compareTo(SEARCH_MISSING_AGAIN) >= 0 && isRunnerMissing(known, models));
    }

    private static boolean isRunnerMissing(Search known, ModelSnapshot models) {
        return known.serverFound()
                && runningBlobs(models).stream()
                        .anyMatch(blob -> known.found().runner(blob).isEmpty());
    }

    private static Set<String> runningBlobs(ModelSnapshot models) {
        return models.running().stream()
                .map(model -> models.blobs().get(model.digest()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** The same processes as they are now; {@code null} if one of them is gone. */
    private @Nullable Running read(Running known) {
        @Nullable ProcessCounters server = known.server() == null ? null : again(known.server());
        if (server == null && known.server() != null) {
            return null;
        }
        var runners = new ArrayList<Runner>();
        for (Runner runner : known.runners()) {
            @Nullable ProcessCounters now = again(runner.process());
            if (now == null) {
                return null;
            }
            runners.add(new Runner(runner.blob(), now));
        }
        return new Running(server, runners);
    }

    private @Nullable ProcessCounters again(ProcessCounters earlier) {
        return machine.process(earlier.pid()).filter(earlier::is).orElse(null);
    }

    private Search search(ModelSnapshot models) {
        long nanos = machine.nanos();
        List<ProcessEntry> entries = machine.processes(OllamaProcesses::isOllama);
        @Nullable Long server = server(models, entries);
        Running found = server == null
                ? Running.NOTHING
                : new Running(
                        machine.process(server).orElse(null),
                        entries.stream()
                                .filter(entry -> entry.parent() == server)
                                .map(this::runner)
                                .flatMap(Optional::stream)
                                .toList());
        return new Search(Wanted.by(models), nanos, server != null, found);
    }

    private Optional<Runner> runner(ProcessEntry entry) {
        return blob(entry).flatMap(blob -> machine.process(entry.pid()).map(process -> new Runner(blob, process)));
    }

    private @Nullable Long server(ModelSnapshot models, List<ProcessEntry> entries) {
        Set<Long> candidates = entries.stream()
                .filter(entry -> isOllamaItself(entry.program()) && blob(entry).isEmpty())
                .map(ProcessEntry::pid)
                .collect(Collectors.toCollection(HashSet::new));
        if (candidates.isEmpty()) {
            return null;
        }
        int port = models.server().port();
        List<Listener> listeners = listeners(candidates, port);
        Set<Long> atPort = listeners.stream()
                .filter(listener -> listener.port() == port)
                .map(Listener::pid)
                .collect(Collectors.toSet());
        if (!atPort.isEmpty()) {
            // Somebody else may be there: a tunnel to another machine, say.
            candidates.retainAll(atPort);
            return only(candidates);
        }
        listeners.forEach(listener -> candidates.remove(listener.pid()));
        Set<String> blobs = runningBlobs(models);
        Set<Long> running = entries.stream()
                .filter(entry -> blob(entry).filter(blobs::contains).isPresent())
                .map(ProcessEntry::parent)
                .filter(candidates::contains)
                .collect(Collectors.toSet());
        if (!running.isEmpty()) {
            return only(running);
        }
        return only(entries.stream()
                .filter(entry -> candidates.contains(entry.pid()) && isServing(entry))
                .map(ProcessEntry::pid)
                .collect(Collectors.toSet()));
    }

    private static @Nullable Long only(Set<Long> pids) {
        return pids.size() == 1 ? pids.iterator().next() : null;
    }

    /** Asks the system only if that can bring something new. */
    private List<Listener> listeners(Set<Long> candidates, int port) {
        Ports known = ports;
        long now = machine.nanos();
        if (known != null && known.candidates().equals(candidates)) {
            boolean clear = known.listeners().stream()
                    .anyMatch(listener -> listener.port() == port && candidates.contains(listener.pid()));
            Duration age = Duration.ofNanos(now - known.nanos());
            if (clear || (!age.isNegative() && age.compareTo(ASK_PORTS_AGAIN) < 0)) {
                return known.listeners();
            }
        }
        List<Listener> listeners = machine.listeners();
        ports = new Ports(Set.copyOf(candidates), now, listeners);
        return listeners;
    }

    private static boolean isOllama(String program) {
        return isOllamaItself(program) || program.startsWith("llama-server");
    }

    /** Also the window that comes with it on macOS, {@code Ollama}. */
    private static boolean isOllamaItself(String program) {
        return program.toLowerCase(Locale.ROOT).startsWith("ollama");
    }

    private static boolean isServing(ProcessEntry entry) {
        return !entry.arguments().isEmpty() && entry.arguments().getFirst().equals("serve");
    }

    private static Optional<String> blob(ProcessEntry entry) {
        List<String> arguments = entry.arguments();
        int model = arguments.indexOf("--model");
        if (model < 0 || model + 1 >= arguments.size()) {
            return Optional.empty();
        }
        String path = arguments.get(model + 1);
        return Optional.of(path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1));
    }
}
