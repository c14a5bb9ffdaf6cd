package dev.kansoku;

import java.util.Arrays;
import java.util.Iterator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the program was started with.
 *
 * @param help whether to print {@link #HELP} and end
 * @param version whether to print the version and end
 * @param ollama the address given; null: none
 * @param demo whether to use the demo engine and nobody else
 * @param tour the folder for the pictures of the tour; null: no tour
 */
public record CommandLine(
        boolean help,
        boolean version,
        @Nullable String ollama,
        boolean demo,
        @Nullable String tour) {

    /** No arguments. */
    public static final CommandLine NONE = new CommandLine(false, false, null, false, null);

    private static final Pattern WITH_VALUE = Pattern.compile("--(ollama|tour)=");

    /** What {@code --help} prints. */
    public static final String HELP = """
            Usage: kansoku [--ollama URL | --demo | --tour FOLDER]

            A desktop chat for local models that shows why an answer is slow.

              --ollama URL   talk to Ollama at this address
              --demo         use the built-in demo engine: no Ollama is asked, no model runs
              --tour FOLDER  go through every view with the demo engine, without a
                             display, and write pictures of all into this folder;
                             fails if one is not as it should be
              --help         print this text
              --version      print the version

            Environment:
              OLLAMA_HOST    address of Ollama, before the settings and after --ollama
              KANSOKU_HOME   folder for all files: settings, logs

            One program runs with the same files: a second start shows the window of the
            first and ends.

            Exit codes: 0 ok, 1 fault, 2 wrong usage, 3 no display
            """;

    /**
     * Understands the arguments.
     *
     * @throws UsageException if one of them is unknown or incomplete
     */
    public static CommandLine parse(String... arguments) throws UsageException {
        boolean help = false;
        boolean version = false;
        boolean demo = false;
        String ollama = null;
        String tour = null;
        Iterator<String> rest = Arrays.stream(arguments)
                .flatMap(argument -> WITH_VALUE.matcher(argument).lookingAt()
                        ? Arrays.stream(argument.split("=", 2))
                        : Stream.of(argument))
                .iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--help" -> help = true;
                case "--version" -> version = true;
                case "--demo" -> demo = true;
                case "--ollama" ->
                    ollama = value(rest, "--ollama needs an address, such as --ollama http://127.0.0.1:11434.");
                case "--tour" -> tour = value(rest, "--tour needs a folder for its pictures, such as --tour pictures.");
                default -> throw new UsageException("Unknown argument: " + argument + ". Try --help.");
            }
        }
        if (Stream.of(ollama != null, demo, tour != null).filter(given -> given).count() > 1) {
            throw new UsageException("--ollama, --demo and --tour exclude each other.");
        }
        return new CommandLine(help, version, ollama, demo, tour);
    }

    private static String value(Iterator<String> rest, String complaint) throws UsageException {
        String value = rest.hasNext() ? rest.next() : "";
        if (value.isBlank() || value.startsWith("-")) {
            throw new UsageException(complaint);
        }
        return value;
    }

    /** The arguments are wrong; the message is a sentence for the user. */
    public static final class UsageException extends Exception {

        private static final long serialVersionUID = 1L;

        private UsageException(String sentence) {
            super(sentence);
        }
    }
}
