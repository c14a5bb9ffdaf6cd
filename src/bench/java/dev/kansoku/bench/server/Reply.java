package dev.kansoku.bench.server;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What a server says, the same in every run: whoever measures knows it without asking.
 *
 * @param chunks the pieces in which it is written
 * @param perSecond how many of them a second; 0: as fast as they are read
 */
public record Reply(List<String> chunks, int perSecond) {

    /** Which of the replies a server gives. */
    public enum Kind {
        /** 20,000 pieces of 10 characters each, 200,000 characters of prose and code, at 5,000 pieces a second. */
        FLOOD,
        /** 3,000 numbered pieces, 100 a second: see {@link Reply#NUMBER_LENGTH}. */
        STEADY,
        /** Twenty words at once. */
        SHORT
    }

    /** Each piece of {@link Kind#STEADY} ends with its number in so many digits. */
    public static final int NUMBER_LENGTH = 6;

    private static final int FLOOD_CHUNKS = 20_000;
    private static final int FLOOD_CHUNK_LENGTH = 10;
    private static final int STEADY_CHUNKS = 3_000;
    private static final int STEADY_PARAGRAPH = 60;
    private static final List<String> WORDS = List.of(
            "the",
            "model",
            "writes",
            "a",
            "river",
            "of",
            "words",
            "and",
            "nobody",
            "knows",
            "where",
            "it",
            "ends",
            "until",
            "somebody",
            "measures",
            "how",
            "long",
            "every",
            "part",
            "took",
            "while",
            "we",
            "were",
            "waiting");

    public static Reply of(Kind kind) {
        return switch (kind) {
            case FLOOD -> new Reply(flood(), 5_000);
            case STEADY ->
                new Reply(
                        IntStream.range(0, STEADY_CHUNKS)
                                .mapToObj(Reply::numbered)
                                .toList(),
                        100);
            case SHORT ->
                new Reply(
                        IntStream.range(0, 20).mapToObj(i -> WORDS.get(i) + " ").toList(), 0);
        };
    }

    public String text() {
        return String.join("", chunks);
    }

    private static String numbered(int i) {
        String before = i == 0 ? "" : i % STEADY_PARAGRAPH == 0 ? "\n\n" : " ";
        return before + String.format("%0" + NUMBER_LENGTH + "d", i);
    }

    /** Paragraphs of 200 to 1,000 characters, and a piece of code after every fourth of them. */
    private static List<String> flood() {
        var random = new Random(1);
        var text = new StringBuilder();
        int wanted = FLOOD_CHUNKS * FLOOD_CHUNK_LENGTH;
        for (int paragraph = 1; text.length() < wanted; paragraph++) {
            if (paragraph % 5 == 0) {
                text.append("```java\n");
                for (int line = 0; line < 3 + random.nextInt(20); line++) {
                    text.append("    int ")
                            .append(word(random))
                            .append(" = ")
                            .append(random.nextInt(1000))
                            .append(";\n");
                }
                text.append("```\n\n");
            } else {
                int end = text.length() + 200 + random.nextInt(800);
                while (text.length() < end) {
                    text.append(word(random)).append(' ');
                }
                text.append("it is.\n\n");
            }
        }
        return IntStream.range(0, FLOOD_CHUNKS)
                .mapToObj(i -> text.substring(i * FLOOD_CHUNK_LENGTH, (i + 1) * FLOOD_CHUNK_LENGTH))
                .toList();
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
