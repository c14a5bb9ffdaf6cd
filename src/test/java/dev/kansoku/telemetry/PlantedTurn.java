package dev.kansoku.telemetry;

import dev.kansoku.chat.Attachment;
import dev.kansoku.chat.Prompt;
import dev.kansoku.privacy.Canary;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A turn with personal data in one place and ordinary text in all others.
 *
 * @param secret the personal data as it stands in its place
 * @param core what of it must not be read; empty: less than half of the secret may be
 * @param chunks of the reply
 * @param error what the server says instead of a reply, or behind its chunks; {@code null}: nothing
 */
record PlantedTurn(
        int number,
        Place place,
        String secret,
        String core,
        Prompt prompt,
        String model,
        List<String> thinking,
        List<String> chunks,
        String doneReason,
        @Nullable String error) {

    enum Place {
        WHOLE_PROMPT,
        BEGINNING_OF_PROMPT,
        CUT_OF_PROMPT,
        END_OF_PROMPT,
        ATTACHMENT,
        THINKING,
        BEGINNING_OF_REPLY,
        CUT_OF_REPLY,
        END_OF_REPLY,
        MODEL,
        DONE_REASON,
        BEGINNING_OF_ERROR,
        CUT_OF_ERROR,
        ERROR_IN_STREAM,
        EXCEPTION,
        SHORT_PROMPT
    }

    static final int ALL = 200;

    private static final int SHORT = 20;

    /** So that kinds, disguises and places come together in other ways all the time. */
    private static final int STEP = 29;

    private static final List<Place> PLACES = List.of(Place.values()).subList(0, Place.values().length - 1);

    private static final String MODEL = "granite3.2:2b";
    private static final String PROSE = " and then some more of what anybody may write, until there is enough of it.";
    private static final String JAPANESE = "についてもう少し詳しく説明してください。よろしくお願いします。";
    private static final List<String> CLUSTERS =
            List.of("a", "é", "か\u3099", "日", "ｶ", "👍🏽", "🇯🇵", "葛\uDB40\uDD00", "👨🏿");

    PlantedTurn {
        chunks = List.copyOf(chunks);
        thinking = List.copyOf(thinking);
    }

    /** Those of a seed: the same in every JVM. */
    static List<PlantedTurn> all(long seed) {
        var random = new Random(seed);
        var turns = new ArrayList<PlantedTurn>();
        int canary = random.nextInt(1_000);
        int place = random.nextInt(1_000);
        for (int n = 0; n < ALL - SHORT; n++) {
            turns.add(of(n, PLACES.get(place % PLACES.size()), Canary.unlikeWords(canary, random), random));
            canary += STEP;
            place += n % PLACES.size() == 0 ? 2 : 1;
        }
        for (int n = ALL - SHORT; n < ALL; n++) {
            String text = shortText(3 + n % 10, random);
            turns.add(of(n, Place.SHORT_PROMPT, new Canary(text, ""), random));
        }
        return turns;
    }

    private static PlantedTurn of(int n, Place place, Canary canary, Random random) {
        String secret = canary.text();
        String ordinary = "Question " + n + PROSE;
        String begins = secret + (n % 2 == 0 ? PROSE : JAPANESE);
        String crosses = upToTheCut(random) + begins;
        String prompt = switch (place) {
            case WHOLE_PROMPT, SHORT_PROMPT -> secret;
            case BEGINNING_OF_PROMPT -> begins;
            case CUT_OF_PROMPT -> crosses;
            case END_OF_PROMPT -> ordinary + " " + secret;
            default -> ordinary;
        };
        String reply = switch (place) {
            case BEGINNING_OF_REPLY -> begins;
            case CUT_OF_REPLY -> crosses;
            case END_OF_REPLY -> "Answer " + n + PROSE + secret;
            default -> "Answer " + n + PROSE;
        };
        return new PlantedTurn(
                n,
                place,
                secret,
                canary.core(),
                new Prompt(prompt, place == Place.ATTACHMENT ? List.of(new Attachment(begins)) : List.of()),
                place == Place.MODEL ? secret + ":latest" : MODEL,
                place == Place.THINKING ? pieces(begins, random) : List.of(),
                pieces(reply, random),
                place == Place.DONE_REASON ? secret : "stop",
                switch (place) {
                    case BEGINNING_OF_ERROR, ERROR_IN_STREAM -> begins;
                    case CUT_OF_ERROR -> crosses;
                    default -> null;
                });
    }

    /** So many clusters that the personal data behind them stands on both sides of the cut. */
    private static String upToTheCut(Random random) {
        var text = new StringBuilder();
        for (int most = 3 + random.nextInt(6); most > 0; most--) {
            text.append(CLUSTERS.get(random.nextInt(CLUSTERS.size())));
        }
        return text.append(' ').toString();
    }

    /** Kanji, Hangul in pieces and pictures at random: two of them side by side stand in no other text. */
    private static String shortText(int clusters, Random random) {
        var text = new StringBuilder();
        for (int i = 0; i < clusters; i++) {
            switch (i % 4) {
                case 1 ->
                    text.append(Normalizer.normalize(
                            Character.toString(0xAC00 + random.nextInt(11_172)), Normalizer.Form.NFD));
                case 3 -> text.appendCodePoint(0x1F400 + random.nextInt(0x100));
                default -> text.appendCodePoint(0x4E00 + random.nextInt(0x5000));
            }
        }
        return text.toString();
    }

    /** As a stream brings it: in small pieces that know nothing of what they hold. */
    private static List<String> pieces(String text, Random random) {
        var pieces = new ArrayList<String>();
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(12));
            if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
                to++;
            }
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    void forbid(Leaks leaks) {
        String about = "Turn %d, %s: %s, which is %s".formatted(number, place, secret, core);
        if (place == Place.SHORT_PROMPT) {
            leaks.forbidHalf(secret, about);
        }
        leaks.forbidCore(core, about);
        leaks.forbidText(prompt.content(), about + ", its prompt");
        leaks.forbidText(String.join("", thinking), about + ", its thinking");
        leaks.forbidText(String.join("", chunks), about + ", its reply");
        if (error != null) {
            leaks.forbidText(error, about + ", its error");
        }
    }
}
