package dev.kansoku;

import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What the program was started with.
 *
 * @param help whether to print {@link #HELP} and end
 * @param version whether to print the version and end
 * @param ollama the address given; null: none
 */
public record CommandLine(
        boolean help, boolean version, @Nullable String ollama) {

    /** What {@code --help} prints. */
    public static final String HELP = """
            Usage: kansoku [--ollama URL]

            A desktop chat for local models that shows why an answer is slow.

              --ollama URL  talk to Ollama at this address
              --help        print this text
              --version     print the version

            Environment:
              OLLAMA_HOST   address of Ollama, before the settings and after --ollama
              KANSOKU_HOME  folder for all files: settings, logs

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
        String ollama = null;
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--help" -> help = true;
                case "--version" -> version = true;
                case "--ollama" -> ollama = address(rest.hasNext() ? rest.next() : "");
                case String _
                when argument.startsWith("--ollama=") -> ollama = address(argument.substring("--ollama=".length()));
                default -> throw new UsageException("Unknown argument: " + argument + ". Try --help.");
            }
        }
        return new CommandLine(help, version, ollama);
    }

    private static String address(String value) throws UsageException {
        if (value.isBlank() || value.startsWith("-")) {
            throw new UsageException("--ollama needs an address, such as --ollama http://127.0.0.1:11434.");
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
