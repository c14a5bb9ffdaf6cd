package dev.kansoku.bench.history;

import java.util.List;
import java.util.SplittableRandom;

/** What somebody may look for. */
public enum Question {
    RARE("a rare English word"),
    FREQUENT("a frequent English word"),
    ABSENT("a word that is nowhere"),
    TWO_FREQUENT("two frequent English words"),
    TWO_WORDS("a frequent and a less frequent English word"),
    BEGINNING("the first three letters of an English word"),
    ONE_CHARACTER("one Japanese character"),
    TWO_CHARACTERS("two Japanese characters"),
    FOUR_CHARACTERS("four Japanese characters");

    private final String title;

    Question(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** What is typed, each time something else. */
    String words(Messages messages, SplittableRandom random) {
        return switch (this) {
            case RARE -> english(messages, random, 20_000, 50_000);
            case FREQUENT -> english(messages, random, 0, 50);
            case ABSENT -> "zzq" + random.nextInt(1_000_000);
            case TWO_FREQUENT -> english(messages, random, 0, 50) + " " + english(messages, random, 0, 50);
            case TWO_WORDS -> english(messages, random, 0, 50) + " " + english(messages, random, 500, 5_000);
            case BEGINNING -> english(messages, random, 0, 5_000).substring(0, 3);
            case ONE_CHARACTER -> characters(messages, random, 1);
            case TWO_CHARACTERS -> characters(messages, random, 2);
            case FOUR_CHARACTERS -> characters(messages, random, 4);
        };
    }

    private static String english(Messages messages, SplittableRandom random, int from, int to) {
        List<String> words = messages.englishWords();
        String word;
        do {
            word = words.get(random.nextInt(from, to));
        } while (word.length() < 3);
        return word;
    }

    /** A part of something that was said, frequent or rare as it comes. */
    private static String characters(Messages messages, SplittableRandom random, int length) {
        while (true) {
            String text = messages.text(random.nextInt(10_000));
            int from = random.nextInt(text.length() - length);
            String part = text.substring(from, from + length);
            if (part.chars().allMatch(c -> c >= 0x3041 && c <= 0x9FFF)) {
                return part;
            }
        }
    }
}
