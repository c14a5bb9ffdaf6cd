package dev.kansoku.bench.history;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** What somebody may look for. */
public enum Question {
    RARE("a rare English word", (messages, random) -> english(messages, random, 20_000, 50_000)),
    FREQUENT("a frequent English word", (messages, random) -> english(messages, random, 0, 50)),
    ABSENT("a word that is nowhere", (messages, random) -> "zzq" + random.nextInt(1_000_000)),
    TWO_FREQUENT(
            "two frequent English words",
            (messages, random) -> english(messages, random, 0, 50) + " " + english(messages, random, 0, 50)),
    TWO_WORDS(
            "a frequent and a less frequent English word",
            (messages, random) -> english(messages, random, 0, 50) + " " + english(messages, random, 500, 5_000)),
    BEGINNING(
            "the first three letters of an English word",
            (messages, random) -> english(messages, random, 0, 5_000).substring(0, 3)),
    ONE_CHARACTER("one Japanese character", (messages, random) -> characters(messages, random, 1)),
    TWO_CHARACTERS("two Japanese characters", (messages, random) -> characters(messages, random, 2)),
    FOUR_CHARACTERS("four Japanese characters", (messages, random) -> characters(messages, random, 4));

    private final String title;
    private final BiFunction<Messages, SplittableRandom, String> words;

    Question(String title, BiFunction<Messages, SplittableRandom, String> words) {
        this.title = title;
        this.words = words;
    }

    public String title() {
        return title;
    }

    String words(Messages messages, SplittableRandom random) {
        return words.apply(messages, random);
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
