package dev.kansoku;

import dev.kansoku.faults.Faults;
import dev.kansoku.faults.LogFile;
import dev.kansoku.instance.OneInstance;
import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.settings.BuildInfo;
import dev.kansoku.settings.Folders;
import java.nio.file.Path;
import java.util.Optional;
import javafx.application.Application;
import org.jspecify.annotations.Nullable;

/** The start of the program. Not an {@link Application} itself: a class path start would refuse one. */
public final class Kansoku {

    private static final int FAULT = 1;
    private static final int USAGE = 2;
    private static final int NO_DISPLAY = 3;

    private Kansoku() {}

    @SuppressWarnings("SystemOut") // A command line speaks there.
    public static void main(String... arguments) {
        CommandLine commandLine;
        try {
            commandLine = CommandLine.parse(arguments);
        } catch (CommandLine.UsageException e) {
            System.err.println(e.getMessage());
            System.exit(USAGE);
            return;
        }
        if (commandLine.help()) {
            System.out.println(CommandLine.HELP);
            return;
        }
        if (commandLine.ollama() != null && !OllamaAddress.isValid(commandLine.ollama())) {
            System.err.println("This is no address of an Ollama: " + commandLine.ollama());
            System.exit(USAGE);
        }
        if (commandLine.version()) {
            System.out.println("Kansoku " + BuildInfo.version());
            return;
        }
        if (commandLine.tour() != null) {
            System.exit(TourRun.run(Path.of(commandLine.tour())));
        }
        Folders folders = Folders.ofThisMachine();
        Optional<OneInstance> instance;
        try {
            // Before anything else touches the files, the log too.
            instance = OneInstance.claim(folders.data());
        } catch (OneInstance.NoAnswerException e) {
            System.err.println(e.getMessage());
            System.exit(FAULT);
            return;
        }
        if (instance.isEmpty()) {
            System.out.println("Kansoku is already running with the files in " + folders.data()
                    + "; it was told to show its window.");
            return;
        }
        int exitCode;
        try (OneInstance one = instance.get()) {
            exitCode = run(commandLine, folders, one);
        }
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /**
     * Returns when the window is closed.
     *
     * @return the exit code
     */
    @SuppressWarnings("SystemOut") // A command line speaks there.
    private static int run(CommandLine commandLine, Folders folders, OneInstance instance) {
        LogFile.open(folders.logs());
        var faults = new Faults(folders.logs());
        // Until there is a window to say it.
        faults.onFault(fault -> System.err.println("Kansoku could not start: fault " + fault.code()
                + (fault.file() == null ? "" : ", see " + fault.file())));
        Thread.setDefaultUncaughtExceptionHandler(faults);
        KansokuApp.prepare(commandLine, folders, faults, instance);
        try {
            Application.launch(KansokuApp.class);
            return 0;
        } catch (UnsupportedOperationException e) {
            System.err.println(whyNoWindow(e));
            return NO_DISPLAY;
        }
    }

    /** JavaFX says which of the two it is only in its message. */
    private static String whyNoWindow(UnsupportedOperationException e) {
        @Nullable String message = e.getMessage();
        return message != null && message.contains("GTK")
                ? "Kansoku needs GTK 3 to open a window: install it, on Debian and Ubuntu with "
                        + "\"apt install libgtk-3-0\"."
                : "Kansoku found no display to open its window on: start it from a desktop session, "
                        + "or set DISPLAY to a running X server (under Wayland, to Xwayland).";
    }
}
