package dev.kansoku.ui.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ui.chat.Block.Joint;
import dev.kansoku.ui.chat.Block.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockBuilderTest {

    private record Built(Kind kind, Joint joint, String text) {}

    private static List<Built> built(String... pieces) {
        var blocks = new ArrayList<Block>();
        var builder = new BlockBuilder(blocks::add);
        for (String piece : pieces) {
            builder.append(piece);
        }
        return blocks.stream()
                .map(block -> new Built(block.kind(), block.joint(), block.text()))
                .toList();
    }

    private static Built paragraph(Joint joint, String text) {
        return new Built(Kind.PARAGRAPH, joint, text);
    }

    private static Built code(Joint joint, String text) {
        return new Built(Kind.CODE, joint, text);
    }

    @Test
    void emptyLinesPart() {
        assertThat(built("One\nand two.\n\n  \nThree.\n"))
                .containsExactly(paragraph(Joint.FIRST, "One\nand two."), paragraph(Joint.NEW, "Three."));
    }

    @Test
    void whatIsBlankIsNoBlock() {
        assertThat(built("\n \n\n")).isEmpty();
        assertThat(built("\n\nOne")).containsExactly(paragraph(Joint.FIRST, "One"));
    }

    @Test
    void textIsThereAtOnceAndGrowsInItsBlock() {
        var blocks = new ArrayList<Block>();
        var builder = new BlockBuilder(blocks::add);
        builder.append("The");
        assertThat(blocks).hasSize(1);
        Block first = blocks.getFirst();
        builder.append(" sky");
        assertThat(first.text()).isEqualTo("The sky");
        builder.append("\n\nNext");
        assertThat(first.text()).isEqualTo("The sky");
        assertThat(blocks).hasSize(2);
    }

    @Test
    void fencesMakeCodeInWhichEmptyLinesStay() {
        assertThat(built("So:\n```java\nint a;\n\nint b;\n```\nDone."))
                .containsExactly(
                        paragraph(Joint.FIRST, "So:"),
                        code(Joint.NEW, "int a;\n\nint b;"),
                        paragraph(Joint.NEW, "Done."));
    }

    @Test
    void aFenceThatIsStillComingIsNotShown() {
        assertThat(built("So:\n", "`", "`", "`", "ja")).containsExactly(paragraph(Joint.FIRST, "So:"));
        assertThat(built("So:\n", "`", "x", "` is", " code\n"))
                .containsExactly(paragraph(Joint.FIRST, "So:\n`x` is code"));
    }

    @Test
    void anOpenFenceGoesOnToTheEnd() {
        assertThat(built("```\na\n\nb")).containsExactly(code(Joint.FIRST, "a\n\nb"));
    }

    /** The last line of a reply may begin with a code word. */
    @Test
    void aLastLineThatBeginsWithACodeWordIsShown() {
        assertThat(built("Call\n`run()` now.")).containsExactly(paragraph(Joint.FIRST, "Call\n`run()` now."));
    }

    @Test
    void aLongLineIsCutAndNoLetterInTwo() {
        List<Built> blocks = built("x" + "😀".repeat(6_000));
        assertThat(blocks).hasSizeGreaterThan(1);
        assertThat(blocks).allSatisfy(block -> {
            assertThat(block.text().length()).isLessThanOrEqualTo(Block.LONGEST + 1);
            assertThat(Character.isLowSurrogate(block.text().charAt(0))).isFalse();
            assertThat(Character.isHighSurrogate(
                            block.text().charAt(block.text().length() - 1)))
                    .isFalse();
        });
        assertThat(blocks.stream().skip(1)).allMatch(block -> block.joint() == Joint.CUT);
        assertThat(blocks.stream()
                        .map(Built::text)
                        .collect(Collectors.joining())
                        .equals("x" + "😀".repeat(6_000)))
                .isTrue();
    }

    @Test
    void nothingIsLostOfALongLineThatOnlyBeginsLikeAFence() {
        List<Built> blocks = built("Before.\n```" + "x".repeat(6_000) + " `end` of it");
        assertThat(blocks.stream()
                        .mapToLong(block ->
                                block.text().chars().filter(c -> c == 'x').count())
                        .sum())
                .isEqualTo(6_000);
    }

    @Test
    void aLongParagraphIsCutAtItsLines() {
        List<Built> blocks = built("A line of words.\n".repeat(1_000));
        assertThat(blocks).hasSizeGreaterThan(3).allMatch(block -> block.text().endsWith("words."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "a\u001Bb",
                "a\u007Fb",
                "a\u0085b",
                "a\u009Bb",
                "a\rb",
                "a\u202Eb",
                "a\u202Ab",
                "a\u2066b",
                "a\u2069b"
            })
    void whatControlsATerminalOrTurnsTheWritingIsLeftOut(String text) {
        assertThat(built(text)).containsExactly(paragraph(Joint.FIRST, "ab"));
    }

    @Test
    void tabsAndOtherScriptsStay() {
        assertThat(built("a\tb שלום 日本語 👩‍👩‍👧")).containsExactly(paragraph(Joint.FIRST, "a\tb שלום 日本語 👩‍👩‍👧"));
    }

    /** However the stream is cut, the same text makes the same blocks. */
    @RepeatedTest(60)
    void theCutsOfTheStreamDoNotMatter(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        String text = randomText(random);
        var pieces = new ArrayList<String>();
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(random.nextBoolean() ? 3 : 400));
            pieces.add(text.substring(from, to));
            from = to;
        }
        assertThat(built(pieces.toArray(String[]::new))).isEqualTo(built(text));
    }

    private static String randomText(Random random) {
        String[] parts = {
            "\n",
            "\n\n",
            "```\n",
            "```java\n",
            "`",
            "  ",
            "word ",
            "日本語",
            "😀",
            "\r\n",
            "\u202E",
            "int a = 1;\n",
            "\t",
            "~",
            "   ```\n",
            "````\n",
            "# Title\n",
            "x".repeat(700),
            "a line\n".repeat(150)
        };
        var text = new StringBuilder();
        int length = 1 + random.nextInt(80);
        for (int i = 0; i < length; i++) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    /** The cost of a chunk must not grow with the reply: 4 MB in small pieces take far less than ten seconds. */
    @Test
    void aLongReplyStaysCheap() {
        var blocks = new ArrayList<Block>();
        var builder = new BlockBuilder(blocks::add);
        long before = System.nanoTime();
        for (int i = 0; i < 400_000; i++) {
            builder.append(i % 20 == 19 ? "\n\n" : "some words");
        }
        assertThat((System.nanoTime() - before) / 1e9).isLessThan(10);
        assertThat(blocks).hasSize(20_000);
    }

    // Prompts

    private static List<String> prompt(String text) {
        return Block.ofPrompt(text).stream().map(Block::text).toList();
    }

    @Test
    void aPromptStaysInOnePiece() {
        assertThat(prompt("One\n\ntwo ```x```\n")).containsExactly("One\n\ntwo ```x```");
        assertThat(prompt("")).isEmpty();
    }

    @Test
    void aLongPromptIsCutAtALine() {
        List<String> blocks = prompt("A line of words.\n".repeat(1_000).strip());
        assertThat(blocks)
                .hasSizeGreaterThan(3)
                .allSatisfy(text -> assertThat(text.length()).isLessThanOrEqualTo(Block.LONGEST));
        assertThat(String.join("\n", blocks))
                .isEqualTo("A line of words.\n".repeat(1_000).strip());
    }

    @Test
    void aPromptWithoutLinesIsCutAnywhereButInALetter() {
        String text = "a" + "😀".repeat(4_000);
        assertThat(String.join("", prompt(text))).isEqualTo(text);
        assertThat(prompt(text)).noneMatch(block -> Character.isHighSurrogate(block.charAt(block.length() - 1)));
    }

    /** What is cut off in the middle of a line keeps its space. */
    @Test
    void aPromptLosesNothingWhereItIsCut() {
        String text = "word ".repeat(3_000).strip();
        assertThat(String.join("", prompt(text)).equals(text)).isTrue();
    }

    @Test
    void aPromptIsShownWithoutWhatTurnsTheWriting() {
        assertThat(prompt("a\u202Eb\u0007c")).containsExactly("abc");
    }
}
