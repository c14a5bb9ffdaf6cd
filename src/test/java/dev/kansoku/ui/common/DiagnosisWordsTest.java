package dev.kansoku.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnMaker;
import dev.kansoku.measure.Advice;
import dev.kansoku.measure.Diagnosis;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Measured;
import dev.kansoku.measure.Outcome;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.measure.TurnResources;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosisWordsTest {

    private static final Words ENGLISH = new Words(Locale.ENGLISH);
    private static final Words JAPANESE = new Words(Locale.JAPANESE);
    private static final String NONE = "";

    private static Arguments row(String name, Measured measured, String english, String japanese) {
        return Arguments.of(name, measured.make(), english, japanese);
    }

    private static Measured cold() {
        return new Measured()
                .load(LoadVerdict.COLD, 22.1)
                .prompt(26, 1.0)
                .decode(40, 6.48)
                .cpu(0.97, 3.8);
    }

    private static Measured warm() {
        return new Measured().prompt(26, 0.84).decode(40, 6.29).cpu(0.97, 3.8);
    }

    private static TurnResources resources(
            double cpu, @Nullable Double ollamaCores, Double memoryFree, Double swapping, @Nullable Double gpuShare) {
        return new TurnResources(cpu, 4, 4, ollamaCores, memoryFree, swapping, gpuShare);
    }

    /** Of a conversation in which so much was typed. */
    private static Turn typed(int characters) {
        return new TurnMaker().turn(Turn.State.FINISHED, "one two ".repeat(characters / 8), "", "Hello");
    }

    private static Turn withThreads(int threads) {
        return new TurnMaker().threads(threads).turn(Turn.State.FINISHED, "Hello", "", "Hello");
    }

    static Stream<Arguments> loading() {
        return Stream.of(
                row(
                        "the article's first run",
                        cold(),
                        "22.1 s of 29.6 s went into loading the model (cold: it was not in memory)."
                                + " “Keep loaded” spares you this after a pause.",
                        "応答時間 29.6 s のうち、22.1 s はモデルの読み込みです (初回: メモリに未読み込み)。" + "「読み込みを保持」を使うと、時間をおいた後の読み込みがなくなります。"),
                row(
                        "other options",
                        new Measured()
                                .load(LoadVerdict.RELOAD, 8)
                                .prompt(26, 0.5)
                                .decode(20, 3),
                        "8.0 s of 11.5 s went into loading the model (reload: its options changed),"
                                + " 3.0 s into writing 20 tokens at 6.7 tok/s."
                                + " With the same options as before it stays loaded.",
                        "応答時間 11.5 s のうち、3.0 s は回答の生成 (20 トークン、6.7 tok/s)、8.0 s はモデルの読み込みです"
                                + " (再読み込み: オプションを変更)。オプションを変えなければ、読み込まれたままになります。"),
                row(
                        "waiting for the scheduler",
                        new Measured()
                                .load(LoadVerdict.QUEUED, 8)
                                .prompt(26, 0.5)
                                .decode(20, 2),
                        "8.0 s of 10.5 s went into waiting for the model (other requests came first)."
                                + " With fewer prompts at once the wait is shorter.",
                        "応答時間 10.5 s のうち、8.0 s はモデルの順番待ちです (ほかのリクエストを先に処理)。" + "同時に送るプロンプトを減らすと、待ちが短くなります。"),
                row(
                        "a long load of which nothing is known",
                        new Measured()
                                .load(LoadVerdict.UNKNOWN, 8)
                                .prompt(26, 0.5)
                                .decode(20, 2),
                        "8.0 s of 10.5 s went into loading the model or waiting for it.",
                        "応答時間 10.5 s のうち、8.0 s はモデルの読み込みまたはその順番待ちです。"),
                row(
                        "warm, and yet a long load",
                        new Measured()
                                .load(LoadVerdict.WARM, 8)
                                .prompt(26, 0.5)
                                .decode(20, 2)
                                .cpu(1, 4),
                        "8.0 s of 10.5 s went into loading the model or waiting for it.",
                        "応答時間 10.5 s のうち、8.0 s はモデルの読み込みまたはその順番待ちです。"),
                row(
                        "one of three prompts at once",
                        new Measured()
                                .verdict(LoadVerdict.QUEUED)
                                .waited(12)
                                .prompt(26, 0.5)
                                .decode(40, 6),
                        "12.0 s of 18.6 s went into waiting (other requests came first),"
                                + " 6.0 s into writing 40 tokens at 6.7 tok/s."
                                + " With fewer prompts at once the wait is shorter.",
                        "応答時間 18.6 s のうち、6.0 s は回答の生成 (40 トークン、6.7 tok/s)、12.0 s は順番待ちです"
                                + " (ほかのリクエストを先に処理)。同時に送るプロンプトを減らすと、待ちが短くなります。"),
                row(
                        "queued for a little, but most of the wait came after the first token",
                        new Measured()
                                .verdict(LoadVerdict.QUEUED)
                                .waited(12)
                                .prompt(26, 0.5)
                                .decode(20, 2)
                                .firstToken(1),
                        "12.0 s of 14.6 s went into a wait that no figure explains.",
                        "応答時間 14.6 s のうち、12.0 s はどの値にも表れない待ちです。"),
                row(
                        "a wait, and no sign of others",
                        new Measured().waited(4).prompt(26, 0.5).decode(10, 1),
                        "4.0 s of 5.6 s went into a wait that no figure explains.",
                        "応答時間 5.6 s のうち、4.0 s はどの値にも表れない待ちです。"));
    }

    static Stream<Arguments> reading() {
        return Stream.of(
                row(
                        "a long prompt",
                        new Measured().prompt(1830, 20).cached(0).decode(40, 6),
                        "20.0 s of 26.1 s went into reading the prompt (a long one: 1,830 tokens to read)."
                                + " A shorter prompt or a new chat leaves less to read.",
                        "応答時間 26.1 s のうち、20.0 s はプロンプトの処理です (長いプロンプト: 処理したトークン数 1,830)。"
                                + "プロンプトを短くするか、新しい会話を始めると、処理が短くなります。"),
                row(
                        "a long prompt, most of it cached",
                        new Measured()
                                .prompt(1830, 4)
                                .cached(1800)
                                .decode(10, 1.5)
                                .cpu(0.97, 3.8),
                        "4.0 s of 5.6 s went into reading the prompt (CPU-bound: Ollama used 3.8 of 4 cores),"
                                + " 1.5 s into writing 10 tokens at 6.7 tok/s. A smaller model answers faster here.",
                        "応答時間 5.6 s のうち、1.5 s は回答の生成 (10 トークン、6.7 tok/s)、4.0 s はプロンプトの処理です"
                                + " (CPU がボトルネック: Ollama が 4 コア中 3.8 コアを使用)。"
                                + "より小さいモデルにすると速くなります。"),
                row(
                        "a history of which nothing tells how much was cached",
                        new Measured().prompt(3020, 40).decode(40, 6).cpu(0.97, 3.8),
                        "40.0 s of 46.1 s went into reading the prompt.",
                        "応答時間 46.1 s のうち、40.0 s はプロンプトの処理です。"),
                row(
                        "nothing tells how much was cached, but a long text was typed",
                        new Measured().turn(typed(4000)).prompt(3020, 40).decode(40, 6),
                        "40.0 s of 46.1 s went into reading the prompt (a long one)."
                                + " A shorter prompt or a new chat leaves less to read.",
                        "応答時間 46.1 s のうち、40.0 s はプロンプトの処理です (長いプロンプト)。" + "プロンプトを短くするか、新しい会話を始めると、処理が短くなります。"),
                row(
                        "in 0.30.0 the count leaves out the cached tokens",
                        new Measured().version("0.30.0").prompt(1830, 20).decode(40, 6),
                        "20.0 s of 26.1 s went into reading the prompt (a long one: 1,830 tokens to read)."
                                + " A shorter prompt or a new chat leaves less to read.",
                        "応答時間 26.1 s のうち、20.0 s はプロンプトの処理です (長いプロンプト: 処理したトークン数 1,830)。"
                                + "プロンプトを短くするか、新しい会話を始めると、処理が短くなります。"),
                row(
                        "a few tokens behind a prompt that was stopped",
                        new Measured().prompt(26, 40).cached(0).decode(40, 6).cpu(0.97, 3.8),
                        "40.0 s of 46.1 s went into reading the prompt.",
                        "応答時間 46.1 s のうち、40.0 s はプロンプトの処理です。"),
                row(
                        "300 tokens behind a prompt that was stopped",
                        new Measured().prompt(300, 60).cached(0).decode(40, 6).cpu(0.97, 3.8),
                        "60.0 s of 66.1 s went into reading the prompt.",
                        "応答時間 66.1 s のうち、60.0 s はプロンプトの処理です。"),
                row(
                        "the recorded cold start: 29 tokens took 10 s, because their weights were still fetched",
                        new Measured()
                                .load(LoadVerdict.COLD, 5)
                                .prompt(29, 10.2)
                                .cached(0)
                                .decode(3, 0.17),
                        "10.2 s of 15.4 s went into reading the prompt, 5.0 s into loading the model.",
                        "応答時間 15.4 s のうち、10.2 s はプロンプトの処理、5.0 s はモデルの読み込みです。"),
                row(
                        "more cached than there was",
                        new Measured().prompt(300, 20).cached(400).decode(40, 6),
                        "20.0 s of 26.1 s went into reading the prompt.",
                        "応答時間 26.1 s のうち、20.0 s はプロンプトの処理です。"));
    }

    static Stream<Arguments> writing() {
        return Stream.of(
                row(
                        "the article's second run",
                        warm(),
                        "6.3 s of 7.2 s went into writing 40 tokens at 6.4 tok/s"
                                + " (CPU-bound: Ollama used 3.8 of 4 cores). A smaller model answers faster here.",
                        "応答時間 7.2 s のうち、6.3 s は回答の生成 (40 トークン、6.4 tok/s)です"
                                + " (CPU がボトルネック: Ollama が 4 コア中 3.8 コアを使用)。"
                                + "より小さいモデルにすると速くなります。"),
                row(
                        "two threads a core",
                        warm().resources(new TurnResources(0.5, 8, 4, 3.8, 0.25, 0.0, 0.0)),
                        "6.3 s of 7.2 s went into writing 40 tokens at 6.4 tok/s"
                                + " (CPU-bound: Ollama used 3.8 of 4 cores). A smaller model answers faster here.",
                        "応答時間 7.2 s のうち、6.3 s は回答の生成 (40 トークン、6.4 tok/s)です"
                                + " (CPU がボトルネック: Ollama が 4 コア中 3.8 コアを使用)。"
                                + "より小さいモデルにすると速くなります。"),
                row(
                        "nobody looked at the machine",
                        warm().resources(null),
                        "6.3 s of 7.2 s went into writing 40 tokens at 6.4 tok/s.",
                        "応答時間 7.2 s のうち、6.3 s は回答の生成 (40 トークン、6.4 tok/s)です。"),
                row(
                        "whether there is a GPU is not known",
                        warm().resources(resources(0.97, 3.8, 0.25, 0.0, null)),
                        "6.3 s of 7.2 s went into writing 40 tokens at 6.4 tok/s.",
                        "応答時間 7.2 s のうち、6.3 s は回答の生成 (40 トークン、6.4 tok/s)です。"),
                row(
                        "the server is elsewhere, and this machine is busy and short of memory",
                        warm().resources(resources(1, null, 0.01, 9e7, 0.0)),
                        "6.3 s of 7.2 s went into writing 40 tokens at 6.4 tok/s.",
                        "応答時間 7.2 s のうち、6.3 s は回答の生成 (40 トークン、6.4 tok/s)です。"),
                row(
                        "half of the model on a GPU",
                        warm().resources(resources(0.5, 1.9, 0.25, 0.0, 0.6)),
                        "6.3 s of 7.2 s went into writing 40 tokens at 6.4 tok/s"
                                + " (only 60% of the model is in the GPU’s memory). A smaller model answers faster here.",
                        "応答時間 7.2 s のうち、6.3 s は回答の生成 (40 トークン、6.4 tok/s)です"
                                + " (GPU のメモリにあるのはモデルの 60% のみ)。より小さいモデルにすると速くなります。"),
                row(
                        "all of it on a GPU",
                        warm().resources(resources(0.97, 3.8, 0.25, 0.0, 1.0)),
                        "6.3 s of 7.2 s went into writing 40 tokens at 6.4 tok/s.",
                        "応答時間 7.2 s のうち、6.3 s は回答の生成 (40 トークン、6.4 tok/s)です。"),
                row(
                        "swapping",
                        warm().resources(resources(0.4, 1.0, 0.02, 4e7, 0.0)),
                        "6.3 s of 7.2 s went into writing 40 tokens at 6.4 tok/s (this machine was short of memory)."
                                + " Closing other programs can help.",
                        "応答時間 7.2 s のうち、6.3 s は回答の生成 (40 トークン、6.4 tok/s)です"
                                + " (このマシンのメモリが不足)。ほかのプログラムを閉じると改善することがあります。"),
                row(
                        "swapping and a busy processor contradict each other",
                        warm().resources(resources(0.97, 3.8, 0.02, 4e7, 0.0)),
                        "6.3 s of 7.2 s went into writing 40 tokens at 6.4 tok/s.",
                        "応答時間 7.2 s のうち、6.3 s は回答の生成 (40 トークン、6.4 tok/s)です。"),
                row(
                        "somebody else was busy",
                        warm().cpu(0.98, 1.1),
                        "6.3 s of 7.2 s went into writing 40 tokens at 6.4 tok/s"
                                + " (other programs kept the processor busy). Closing other programs can help.",
                        "応答時間 7.2 s のうち、6.3 s は回答の生成 (40 トークン、6.4 tok/s)です"
                                + " (ほかのプログラムが CPU を使用)。ほかのプログラムを閉じると改善することがあります。"),
                row(
                        "somebody else was busy, but Ollama was asked to use one thread",
                        warm().turn(withThreads(1)).cpu(0.98, 1.0),
                        "6.3 s of 7.2 s went into writing 40 tokens at 6.4 tok/s.",
                        "応答時間 7.2 s のうち、6.3 s は回答の生成 (40 トークン、6.4 tok/s)です。"),
                row(
                        "an idle machine",
                        warm().cpu(0.3, 1.0),
                        "6.3 s of 7.2 s went into writing 40 tokens at 6.4 tok/s.",
                        "応答時間 7.2 s のうち、6.3 s は回答の生成 (40 トークン、6.4 tok/s)です。"),
                row(
                        "a long answer at a good speed",
                        new Measured().prompt(26, 0.5).decode(1400, 70).cpu(0.97, 3.8),
                        "70.0 s of 70.6 s went into writing 1,400 tokens at 20.0 tok/s (a long answer)."
                                + " A shorter answer, if you ask for one, takes less time.",
                        "応答時間 70.6 s のうち、70.0 s は回答の生成 (1,400 トークン、20.0 tok/s)です (長い回答)。" + "短い回答を求めると、時間も短くなります。"),
                row(
                        "the demo, whose model does not run here",
                        warm().demo(),
                        "6.3 s of 7.2 s went into writing 40 tokens at 6.4 tok/s.",
                        "応答時間 7.2 s のうち、6.3 s は回答の生成 (40 トークン、6.4 tok/s)です。"),
                row(
                        "a single token",
                        new Measured().prompt(26, 0.5).decode(1, 3).cpu(0.97, 3.8),
                        "3.0 s of 3.6 s went into writing the answer.",
                        "応答時間 3.6 s のうち、3.0 s は回答の生成です。"),
                row(
                        "close to each other",
                        new Measured().prompt(26, 3.1).cached(0).decode(40, 6.3).cpu(0.97, 3.8),
                        "6.3 s of 9.5 s went into writing 40 tokens at 6.3 tok/s"
                                + " (CPU-bound: Ollama used 3.8 of 4 cores), 3.1 s into reading the prompt."
                                + " A smaller model answers faster here.",
                        "応答時間 9.5 s のうち、3.1 s はプロンプトの処理、6.3 s は回答の生成 (40 トークン、6.3 tok/s)です"
                                + " (CPU がボトルネック: Ollama が 4 コア中 3.8 コアを使用)。"
                                + "より小さいモデルにすると速くなります。"));
    }

    static Stream<Arguments> ofTheClient() {
        return Stream.of(
                row(
                        "a cloud model says no durations; what this machine does is not to blame",
                        new Measured()
                                .verdict(LoadVerdict.UNKNOWN)
                                .waited(4)
                                .decode(100, 2)
                                .withoutDurations()
                                .resources(resources(1, 0.1, 0.01, 9e7, null)),
                        "4.1 s of 6.1 s went into waiting for the first token (Ollama gave no breakdown),"
                                + " 2.0 s into writing the answer.",
                        "応答時間 6.1 s のうち、2.0 s は回答の生成、4.1 s は最初のトークンを待つ時間です" + " (Ollama からの内訳なし)。"),
                row(
                        "no prompt_eval_duration",
                        new Measured().waited(4).decode(10, 1).withoutPromptEval(),
                        "4.0 s of 5.1 s went into waiting for the first token (Ollama gave no breakdown).",
                        "応答時間 5.1 s のうち、4.0 s は最初のトークンを待つ時間です (Ollama からの内訳なし)。"),
                row(
                        "figures that do not fit",
                        warm().saying(3),
                        "6.3 s of 7.2 s went into writing the answer (the server’s figures do not fit).",
                        "応答時間 7.2 s のうち、6.3 s は回答の生成です (サーバーの値に矛盾あり)。"),
                row(
                        "a cold start whose figures do not fit",
                        cold().saying(3),
                        "23.1 s of 29.6 s went into waiting for the first token (the server’s figures do not fit).",
                        "応答時間 29.6 s のうち、23.1 s は最初のトークンを待つ時間です (サーバーの値に矛盾あり)。"),
                row(
                        "stopped while it wrote",
                        warm().brokenOff(Outcome.STOPPED),
                        "6.3 s of 7.2 s went into writing the answer.",
                        "応答時間 7.2 s のうち、6.3 s は回答の生成です。"),
                row(
                        "stopped before a token came",
                        new Measured().load(LoadVerdict.COLD, 9).brokenOff(Outcome.STOPPED),
                        "9.0 s of 9.0 s went into waiting for the first token.",
                        "応答時間 9.0 s のうち、9.0 s は最初のトークンを待つ時間です。"),
                row(
                        "broke off",
                        warm().brokenOff(Outcome.INCOMPLETE),
                        "6.3 s of 7.2 s went into writing the answer.",
                        "応答時間 7.2 s のうち、6.3 s は回答の生成です。"),
                row(
                        "a server that is far away",
                        new Measured().connect(3).prompt(26, 0.2).decode(20, 0.5),
                        "3.0 s of 3.8 s went into connecting (not the model, but the way to the server)."
                                + " Check the address and the network.",
                        "応答時間 3.8 s のうち、3.0 s は接続です (モデルではなく、サーバーまでの経路)。" + "アドレスとネットワークを確認してください。"),
                row(
                        "a server that is here",
                        new Measured()
                                .connect(3)
                                .prompt(26, 0.2)
                                .decode(20, 0.5)
                                .cpu(0.5, 1),
                        "3.0 s of 3.8 s went into connecting.",
                        "応答時間 3.8 s のうち、3.0 s は接続です。"),
                row(
                        "a window that is slow",
                        new Measured().prompt(26, 0.2).decode(20, 0.5).draw(2.5),
                        "2.5 s of 3.3 s went into drawing the answer (not the model, but this window).",
                        "応答時間 3.3 s のうち、2.5 s は回答の描画です (モデルではなく、このウィンドウ)。"),
                row("a failed turn", warm().outcome(Outcome.ERROR), NONE, NONE),
                row("not slow", new Measured().prompt(26, 0.4).decode(20, 1.4), NONE, NONE),
                row(
                        "slow enough as a whole",
                        new Measured().prompt(26, 0.5).decode(20, 1.439),
                        "1.4 s of 2.0 s went into writing 20 tokens at 13.9 tok/s, 500 ms into reading the prompt.",
                        "応答時間 2.0 s のうち、1.4 s は回答の生成 (20 トークン、13.9 tok/s)、500 ms はプロンプトの処理です。"),
                row(
                        "quick, but for its first token",
                        new Measured().waited(0.7).prompt(26, 0.25).decode(4, 0.2),
                        "700 ms of 1.2 s went into a wait that no figure explains,"
                                + " 250 ms into reading the prompt.",
                        "応答時間 1.2 s のうち、700 ms はどの値にも表れない待ち、250 ms はプロンプトの処理です。"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"loading", "reading", "writing", "ofTheClient"})
    void theSentence(String name, TurnMeasurement measurement, String english, String japanese) {
        assertThat(sentence(ENGLISH, measurement)).as(name).isEqualTo(english);
        assertThat(sentence(JAPANESE, measurement)).as(name).isEqualTo(japanese);
    }

    private static String sentence(Words words, TurnMeasurement measurement) {
        return Diagnosis.of(measurement)
                .map(diagnosis -> DiagnosisWords.sentence(words, new Figures(words), diagnosis, measurement))
                .orElse(NONE)
                .replace('\u00A0', ' ');
    }

    @Test
    void onlyWhatTheProgramCanDoHasAButton() {
        assertThat(DiagnosisWords.button(ENGLISH, Advice.KEEP_LOADED)).contains("Keep loaded");
        assertThat(Arrays.stream(Advice.values())
                        .filter(advice ->
                                DiagnosisWords.button(JAPANESE, advice).isPresent()))
                .containsExactly(Advice.KEEP_LOADED);
    }
}
