package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.digest;
import static dev.kansoku.ollama.ScriptedServer.done;
import static dev.kansoku.ollama.ScriptedServer.error;
import static dev.kansoku.ollama.ScriptedServer.tags;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ollama.ScriptedServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressBar;
import org.junit.jupiter.api.Test;

/** Choosing models, pulling the one that is missing, and those that leave this machine. */
class ModelsTest extends UiTest {

    private static final String CLOUD = "gpt-oss:120b-cloud";

    /** Who never chose is given a model that is installed: here tinyllama was chosen. */
    @Override
    protected void prepare() {
        write("window.json", "{\"model\":\"tinyllama\"}");
    }

    private void installed(String... models) {
        server.on("/api/tags", exchange -> exchange.json(200, tags(models)));
    }

    private static String progress(String layer, long completed, long total) {
        return "{\"status\":\"pulling " + layer + "\",\"digest\":\"sha256:" + layer + "\",\"total\":" + total
                + (completed == 0 ? "" : ",\"completed\":" + completed) + "}";
    }

    private static String status(String text) {
        return "{\"status\":\"" + text + "\"}";
    }

    private int pulls() {
        return server.requests("/api/pull").size();
    }

    @Test
    void theTwoModelsStandFirstAndTheInstalledOnesAfterThem() {
        installed("zephyr:7b", "granite3.2:2b", "llama3.2:1b");
        program.await("all models", () -> program.modelMenu().size() == 4);

        assertThat(program.modelMenu())
                .extracting(text -> text.split(" ", 2)[0])
                .containsExactly("tinyllama", "granite3.2:2b", "zephyr:7b", "llama3.2:1b");
        assertThat(program.modelMenu().getFirst()).endsWith(ENGLISH.get("models.notInstalled"));
        assertThat(program.modelMenu().get(1)).contains("638\u00A0MB");
        assertThat(Program.onFx(() -> program.modelChoice().getAccessibleText()))
                .isEqualTo(ENGLISH.get("models.choice", "tinyllama"));
    }

    @Test
    void whoNeverChoseGetsAModelThatIsInstalled() {
        program.close();
        installed("zephyr:7b", "llama3.2:1b");
        program = Program.start(home.resolve("fresh"), address());
        program.await(
                "an installed model", () -> program.modelChoice().getText().equals("zephyr:7b"));
    }

    @Test
    void whoChoseAModelIsNotGivenAnother() {
        installed("zephyr:7b");
        restart();
        program.awaitText(ENGLISH.get("models.missing", "tinyllama"));
        assertThat(Program.onFx(() -> program.modelChoice().getText())).isEqualTo("tinyllama");
    }

    @Test
    void anOllamaWithoutModelsOffersTheTwoToBeginWith() {
        program.close();
        server.on("/api/tags", exchange -> exchange.json(200, "{\"models\":[]}"));
        server.on("/api/pull", exchange -> {
            installed("tinyllama:latest");
            exchange.ndjson(status("pulling manifest"), status("success"));
        });
        program = Program.start(home.resolve("fresh"), address());
        program.awaitText(ENGLISH.get("welcome.noModels.title"));
        assertThat(program.isShown("strip")).as("said once").isFalse();
        program.press(ENGLISH.get("pull.pull"));
        program.awaitText(ENGLISH.get("welcome.ready.title"));
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
        program.press(ENGLISH.get("welcome.example1"));
        program.awaitAnswer("Hello.");
    }

    private MenuButton state() {
        return program.the(MenuButton.class, "model-state");
    }

    private void choose(String action) {
        program.await(action, () -> state().getItems().stream().anyMatch(item -> action.equals(item.getText())));
        Program.run(() -> state().getItems().stream()
                .filter(item -> action.equals(item.getText()))
                .findFirst()
                .orElseThrow()
                .fire());
    }

    @Test
    void aModelIsLoadedKeptAndUnloadedFromTheWindow() {
        var loads = new CopyOnWriteArrayList<String>();
        server.on("/api/show", exchange -> exchange.json(200, "{}")).on("/api/generate", exchange -> {
            loads.add(exchange.body());
            boolean unloads = exchange.body().contains("\"keep_alive\":0");
            server.on(
                    "/api/ps",
                    ps -> ps.json(200, unloads ? "{\"models\":[]}" : ScriptedServer.running("tinyllama:latest")));
            exchange.json(200, "{\"done\":true}");
        });
        program.awaitText(ENGLISH.get("models.notLoaded"));
        choose(ENGLISH.get("models.action.keep"));
        program.awaitText(ENGLISH.get("models.kept"));
        assertThat(loads.getFirst()).contains("tinyllama", "\"keep_alive\":-1");
        choose(ENGLISH.get("models.action.unload"));
        program.awaitText(ENGLISH.get("models.notLoaded"));
        choose(ENGLISH.get("models.action.preload"));
        program.awaitText(ENGLISH.get("models.kept"));
        assertThat(loads).hasSize(3);
    }

    /** A server that loads and unloads what it is asked to. */
    private List<String> loads() {
        var asked = new CopyOnWriteArrayList<String>();
        server.on("/api/show", exchange -> exchange.json(200, "{}")).on("/api/generate", exchange -> {
            boolean unloads = exchange.body().contains("\"keep_alive\":0");
            String model = exchange.body().contains("granite") ? "granite3.2:2b" : "tinyllama:latest";
            asked.add((unloads ? "unload " : "load ") + model);
            server.on("/api/ps", ps -> ps.json(200, unloads ? "{\"models\":[]}" : ScriptedServer.running(model)));
            exchange.json(200, "{\"done\":true}");
        });
        return asked;
    }

    @Test
    void aColdStartIsMeasuredAndTold() {
        List<String> asked = loads();
        program.awaitText(ENGLISH.get("models.notLoaded"));
        choose(ENGLISH.get("models.action.measureCold"));
        program.awaitText("A cold start of tinyllama takes ");
        assertThat(asked).containsExactly("unload tinyllama:latest", "load tinyllama:latest");
        program.await("its load time in the panel", () -> program.isShown("load-bars"));
        program.press(ENGLISH.get("pull.dismiss"));
        program.await("the strip is gone", () -> !program.isShown("strip"));
    }

    @Test
    void aChosenModelIsLoadedOnlyIfTheUserWantsThat() {
        List<String> asked = loads();
        program.choose("granite3.2:2b");
        program.awaitText(ENGLISH.get("models.notLoaded"));
        assertThat(asked).isEmpty();

        program.close();
        write("settings.json", "{\"preload\":true}");
        program = Program.start(home, address());
        program.choose("tinyllama");
        program.awaitText("saved by loading ahead");
        assertThat(asked).containsExactly("load tinyllama:latest");
        program.choose("granite3.2:2b");
        program.await("both were loaded", () -> asked.size() == 2);
        assertThat(asked).last().isEqualTo("load granite3.2:2b");
    }

    @Test
    void aModelThatCannotBeLoadedSaysWhy() {
        server.on("/api/generate", exchange -> exchange.json(500, error("llama runner process has terminated: 1")));
        program.awaitText(ENGLISH.get("models.notLoaded"));
        choose(ENGLISH.get("models.action.preload"));
        program.awaitText("tinyllama could not be loaded.");
        program.press(ENGLISH.get("pull.dismiss"));
        program.await("the strip is gone", () -> !program.isShown("strip"));
    }

    @Test
    void theStateOfTheChosenModelAndTheServerAreSeen() {
        server.on("/api/version", exchange -> exchange.json(200, "{\"version\":\"0.34.1\"}"));
        program.awaitText(ENGLISH.get("models.notLoaded"));
        restart();
        program.awaitText(ENGLISH.get("models.server", server.address().display(), "0.34.1"));
        server.on("/api/show", exchange -> exchange.json(200, "{}"))
                .on("/api/ps", exchange -> exchange.json(200, ScriptedServer.running("tinyllama:latest")));
        program.awaitText(ENGLISH.get("models.kept"));
        program.choose("granite3.2:2b");
        program.awaitText(ENGLISH.get("models.notLoaded"));
    }

    @Test
    void aMissingModelIsPulledAndUsed() {
        installed("granite3.2:2b");
        var goOn = new CountDownLatch(1);
        server.on("/api/pull", exchange -> {
            exchange.stream().line(status("pulling manifest")).line(progress("aaa", 100_000_000, 400_000_000));
            exchange.line(progress("aaa", 400_000_000, 400_000_000)).line(progress("bbb", 50_000_000, 200_000_000));
            // A rate is told of what came within a second.
            Thread.sleep(1_100);
            exchange.line(progress("bbb", 150_000_000, 200_000_000)).await(goOn);
            installed("granite3.2:2b", "tinyllama:latest");
            exchange.line(status("verifying sha256 digest"))
                    .line(status("success"))
                    .end();
        });
        program.awaitText(ENGLISH.get("models.missing", "tinyllama"));
        program.press(ENGLISH.get("pull.pull"));
        program.awaitText("Pulling tinyllama: 550\u00A0MB of 600\u00A0MB");
        program.awaitText("MB/s");
        assertThat(program.inSight()).containsPattern("Pulling tinyllama: .* · [\\d.]+\\h[kM]B/s · \\d+:\\d\\d left");
        ProgressBar bar = program.all(ProgressBar.class, any -> true).getFirst();
        assertThat(Program.onFx(bar::getProgress)).isBetween(0.91, 0.92);
        goOn.countDown();
        program.awaitText(ENGLISH.get("pull.done", "tinyllama"));

        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
        program.send("Hi");
        program.awaitAnswer("Hello.");
        program.press(ENGLISH.get("pull.dismiss"));
        program.awaitGone(ENGLISH.get("pull.done", "tinyllama"));
        assertThat(program.isShown("strip")).isFalse();
    }

    @Test
    void aCancelledPullKeepsWhatIsThereAndGoesOn() {
        installed("granite3.2:2b");
        server.on(
                "/api/pull",
                exchange -> exchange.stream()
                        .line(status("pulling manifest"))
                        .line(progress("aaa", 100_000_000, 400_000_000))
                        .awaitClientGone());
        program.awaitText(ENGLISH.get("models.missing", "tinyllama"));
        program.press(ENGLISH.get("pull.pull"));
        program.awaitText("100\u00A0MB of 400\u00A0MB");
        program.press(ENGLISH.get("pull.cancel"));
        program.awaitText(ENGLISH.get("pull.cancelled", "tinyllama"));

        server.on(
                "/api/pull",
                exchange -> exchange.stream()
                        .line(status("pulling manifest"))
                        .line(progress("aaa", 120_000_000, 400_000_000))
                        .awaitClientGone());
        program.press(ENGLISH.get("pull.pull"));
        program.awaitText("120\u00A0MB of 400\u00A0MB");
        assertThat(pulls()).isEqualTo(2);
        assertThat(program.inSight()).as("what was there is no speed").doesNotContain("/s");
        program.press(ENGLISH.get("pull.cancel"));
        program.awaitText(ENGLISH.get("pull.cancelled", "tinyllama"));
    }

    @Test
    void aFailedPullSaysWhyAndCanBeTriedAgain() {
        installed("granite3.2:2b");
        server.on(
                "/api/pull",
                exchange -> exchange.ndjson(status("pulling manifest"), error("max retries exceeded: EOF")));
        program.awaitText(ENGLISH.get("models.missing", "tinyllama"));
        program.press(ENGLISH.get("pull.pull"));
        program.awaitText("The pull of tinyllama failed.");
        assertThat(program.inSight()).contains(ENGLISH.get("error.serverSaid", "max retries exceeded: EOF"));

        server.on(
                "/api/pull",
                exchange -> exchange.stream().line(status("pulling manifest")).reset());
        program.press(ENGLISH.get("pull.pull"));
        program.await("the second pull", () -> pulls() == 2);
        program.awaitText(ENGLISH.get(
                "pull.failed", "tinyllama", ENGLISH.get("error.connectionBroke", "127.0.0.1:" + server.port())));
    }

    /** The sentence for a model that is not installed offers to pull it: where a pull has just failed, that is no help. */
    @Test
    void aPullOfAModelThatDoesNotExistIsNotSaidToBePossible() {
        installed("granite3.2:2b");
        server.on("/api/pull", exchange -> exchange.ndjson(error("pull model manifest: file does not exist")));
        program.awaitText(ENGLISH.get("models.missing", "tinyllama"));
        program.press(ENGLISH.get("pull.pull"));
        program.awaitText("The pull of tinyllama failed.");

        assertThat(program.inSight())
                .contains(ENGLISH.get("pull.noSuchModel"))
                .doesNotContain(ENGLISH.get("error.modelMissing", "tinyllama"));
    }

    @Test
    void aPromptToAMissingModelCanPullIt() {
        server.on("/api/chat", exchange -> exchange.json(404, error("model 'tinyllama' not found")))
                .on("/api/pull", exchange -> exchange.ndjson(status("pulling manifest"), status("success")));
        program.send("Hi");
        program.awaitText(ENGLISH.get("error.modelMissing", "tinyllama"));
        program.press(ENGLISH.get("remedy.pull"));
        program.awaitText(ENGLISH.get("pull.done", "tinyllama"));
        assertThat(server.requests("/api/pull").getFirst().body()).contains("tinyllama");
    }

    @Test
    void withoutAServerTheStripSaysSoUntilItAnswers() {
        server.on("/api/tags", exchange -> exchange.reply(404, "text/plain", "404 page not found"));
        program.awaitText(ENGLISH.get("error.notOllama", server.address().display()));
        installed("tinyllama:latest");
        program.press(ENGLISH.get("strip.ask"));
        program.awaitGone(ENGLISH.get("error.notOllama", server.address().display()));
        assertThat(program.isShown("strip")).isFalse();
    }

    private void offerCloud() {
        server.on(
                "/api/tags",
                exchange -> exchange.json(
                        200,
                        "{\"models\":[{\"name\":\"tinyllama:latest\",\"size\":637700138,\"digest\":\""
                                + digest("tinyllama:latest") + "\"},{\"name\":\"" + CLOUD
                                + "\",\"size\":384,\"digest\":\""
                                + digest(CLOUD) + "\",\"remote_host\":\"https://ollama.com:443\",\"remote_model\":"
                                + "\"gpt-oss:120b\"}]}"));
        program.await("the entry", () -> program.modelMenu().contains(ENGLISH.get("models.showCloud")));
    }

    @Test
    void aCloudModelIsHiddenUntilAskedForAndConfirmedBeforeItsFirstUse() {
        offerCloud();
        assertThat(program.modelMenu()).noneMatch(text -> text.startsWith(CLOUD));
        program.choose(ENGLISH.get("models.showCloud"));
        program.await(
                "the model",
                () -> program.modelMenu().contains(ENGLISH.get("models.item", CLOUD, ENGLISH.get("models.leaves"))));

        program.choose(CLOUD);
        program.dialog();
        assertThat(program.inSight()).contains(ENGLISH.get("models.cloud.title", CLOUD), "https://ollama.com:443");
        program.answerDialog(ENGLISH.get("dialog.cancel"));
        assertThat(Program.onFx(() -> program.modelChoice().getText())).isEqualTo("tinyllama");

        program.choose(CLOUD);
        program.answerDialog(ENGLISH.get("models.cloud.agree"));
        program.await("the choice", () -> program.modelChoice().getText().equals(CLOUD));
        program.awaitText(ENGLISH.get("models.leaves"));

        program.choose("tinyllama");
        program.choose(CLOUD);
        program.await("the choice", () -> program.modelChoice().getText().equals(CLOUD));
        assertThat(program.isDialogOpen()).isFalse();
    }

    @Test
    void whereNoCloudModelIsThereNoneIsOffered() {
        program.await("the menu", () -> program.modelMenu().size() == 2);
        assertThat(program.modelMenu()).doesNotContain(ENGLISH.get("models.showCloud"));
    }
}
