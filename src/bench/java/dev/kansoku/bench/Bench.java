package dev.kansoku.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Measures the parts one after the other and writes the page. */
public final class Bench {

    /** Something that has to be installed is not. */
    static final class Missing extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Missing(String sentence) {
            super(sentence);
        }
    }

    private static final int FAILED = 1;
    private static final int UNUSABLE = 2;
    private static final Path FOLDER = Path.of("target", "bench");

    /** Kept with the page that is made of them, so that a part alone can be measured anew. */
    private static final Path RESULTS = Path.of("docs", "benchmarks");

    private static final List<Part> PARTS = List.of(
            new OverheadPart(),
            new FloodPart(),
            new LatencyPart(),
            new PanelPart(),
            new MemoryPart(),
            new StartPart(),
            new MaskerPart(),
            new TelemetryPart(),
            new HistoryPart());

    private Bench() {}

    /** What is measured, and how, stands in the properties {@code bench.parts}, {@code bench.quick}, {@code bench.record}. */
    @SuppressWarnings("SystemOut") // A command line speaks there.
    public static void main(String... arguments) throws IOException {
        // Whatever ends this process ends all that it has started.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
        try {
            System.exit(measure() ? 0 : FAILED);
        } catch (Missing e) {
            System.err.println(e.getMessage());
            System.exit(UNUSABLE);
        }
    }

    @SuppressWarnings("SystemOut")
    private static boolean measure() throws IOException {
        boolean quick = Boolean.getBoolean("bench.quick");
        boolean record = Boolean.getBoolean("bench.record");
        List<Part> wanted = wanted(System.getProperty("bench.parts", ""));
        Path sections = Files.createDirectories(quick || record ? FOLDER.resolve("trial") : RESULTS);
        var document = new Document(sections);
        boolean whole = true;
        try (Display display = Display.open(FOLDER.resolve("logs"))) {
            var lab = new Lab(display, FOLDER, quick, record, null);
            for (Part part : wanted) {
                System.out.println(part.name() + " …");
                if (Machine.isBusy()) {
                    System.err.println("The machine is busy (load " + Machine.load() + "): do not trust the numbers.");
                }
                try {
                    Section section = measure(part, lab);
                    section.write(document.of(part));
                    if (record) {
                        section.withProfile(profile(part, lab)).write(document.of(part));
                    } else if (section.misses()) {
                        // In a run of its own: a recorder costs something, and those numbers are used for nothing.
                        Lab recorder = lab.recorder();
                        part.measure(recorder);
                        section.withProfile(profile(part, recorder)).write(document.of(part));
                    }
                    section.goals()
                            .forEach(goal -> System.out.println(
                                    "  " + goal.verdict() + ": " + goal.aim() + ": " + goal.measured()));
                } catch (RuntimeException | AssertionError e) {
                    if (e instanceof Missing) {
                        throw e;
                    }
                    // The others can be measured all the same.
                    whole = false;
                    System.err.println(part.name() + " failed.");
                    e.printStackTrace();
                }
            }
            Path page = quick || record ? FOLDER.resolve("benchmarks.md") : Path.of("docs", "benchmarks.md");
            document.write(page, display, PARTS);
            System.out.println("Written: " + page);
        }
        return whole;
    }

    private static Section measure(Part part, Lab lab) {
        String when = "Measured "
                + LocalDateTime.now(ZoneId.systemDefault()).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm"))
                + "; load of the machine in the minute before: " + Machine.load() + ".";
        Section found = part.measure(lab);
        return new Section(when, found.goals(), found.body(), "");
    }

    private static String profile(Part part, Lab lab) {
        return part.recorded().stream()
                .map(window -> Profile.of(lab.recordingOf(window)))
                .collect(Collectors.joining("\n"));
    }

    private static List<Part> wanted(String names) {
        if (names.isBlank()) {
            return PARTS;
        }
        return Arrays.stream(names.split(",", -1))
                .map(name -> PARTS.stream()
                        .filter(part -> part.name().equals(name.strip()))
                        .findFirst()
                        .orElseThrow(() -> new Missing("There is no part \"" + name + "\". There are: "
                                + PARTS.stream().map(Part::name).toList())))
                .toList();
    }
}
