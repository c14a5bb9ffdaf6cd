package dev.kansoku.privacy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a text for personal data and secrets. A character says what may stand around it; only then somebody looks,
 * at a bounded stretch or at one that nobody looks at a second time. So the work grows with the length of the text,
 * whatever stands in it.
 */
final class Search {

    /** What a text that goes on after the window has at its end is not known. */
    private static final int UNSURE = 1024;

    private final FoldedText text;
    private final Numbers numbers;
    private final List<Finding> found = new ArrayList<>();

    /** Where the last key, value and UUID end: what is inside one is no other one. */
    private int keyEnd;

    private int valueEnd;
    private int uuidEnd;

    private Search(FoldedText text, PhoneNumbers phones) {
        this.text = text;
        numbers = new Numbers(text, phones);
    }

    /**
     * What was found.
     *
     * @param findings in their order, none over another one
     * @param trusted the index up to which all of it was found
     */
    record Result(List<Finding> findings, int trusted) {}

    static Result of(FoldedText text, PhoneNumbers phones) {
        return new Search(text, phones).run();
    }

    private Result run() {
        int i = 0;
        while (i < text.length()) {
            i = Math.max(i + 1, look(i));
        }
        found.addAll(numbers.found());
        int trusted = Math.min(numbers.trusted(), text.isWhole() ? text.length() : beforeTheCut());
        return new Result(Finding.joined(found), trusted);
    }

    /** Looks at what this character belongs to, and says where to go on. */
    private int look(int i) {
        char c = text.at(i);
        if (Chars.isAlphanumeric(c)) {
            if (c == 'B') {
                @Nullable Finding pem = Pem.at(text, i);
                if (pem != null) {
                    found.add(pem);
                    return pem.end();
                }
            }
            if (!Chars.isAlphanumeric(text.at(i - 1))) {
                word(i);
            }
            if (Chars.isLetter(c)) {
                add(Ibans.at(text, i));
            } else if (!Chars.isDigit(text.at(i - 1))) {
                numbers.at(i);
            }
            return i;
        }
        sign(c, i);
        return i;
    }

    private void word(int start) {
        if (start < uuidEnd) {
            return;
        }
        int uuid = Words.afterUuid(text, start);
        if (uuid > 0) {
            uuidEnd = uuid;
            numbers.skip(uuid);
            return;
        }
        if (start >= keyEnd) {
            @Nullable Finding key = Keys.at(text, start);
            if (key != null) {
                found.add(key);
                keyEnd = key.end();
            }
        }
        add(Words.at(text, start));
    }

    private void sign(char c, int i) {
        switch (c) {
            case '@', '%' -> add(Emails.at(text, i));
            case '/', '\\' -> add(HomeFolders.at(text, i));
            case ':' -> {
                add(Logins.at(text, i));
                add(IpAddresses.v6(text, i));
            }
            default -> {
                // Means nothing to these.
            }
        }
        if (i >= valueEnd) {
            @Nullable Finding value = Passwords.at(text, i);
            if (value != null) {
                found.add(value);
                valueEnd = value.end();
            }
        }
    }

    private void add(@Nullable Finding finding) {
        if (finding != null) {
            found.add(finding);
        }
    }

    /** Before the last characters, and before the word that the cut may have gone through. */
    private int beforeTheCut() {
        int word = text.length();
        while (text.at(word - 1) > ' ' && text.at(word - 1) < 0x80) {
            word--;
        }
        return Math.max(0, Math.min(word, text.length() - UNSURE));
    }
}
