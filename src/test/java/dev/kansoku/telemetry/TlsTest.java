package dev.kansoku.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.measure.Measured;
import dev.kansoku.telemetry.delivery.DeliveryProblem;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Collector with a certificate of its own that wants to see one of ours. */
class TlsTest {

    private static final char[] PASSWORD = "only for a test".toCharArray();

    @TempDir
    private Path folder;

    private KeyStore server;
    private KeyStore client;

    @BeforeEach
    void makeCertificates() throws Exception {
        server = keyPair("server");
        client = keyPair("client");
    }

    private KeyStore keyPair(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        Files.writeString(
                folder.resolve(name + ".pem"),
                pem("CERTIFICATE", store.getCertificate(name).getEncoded()));
        Files.writeString(
                folder.resolve(name + ".key"),
                pem("PRIVATE KEY", store.getKey(name, PASSWORD).getEncoded()));
        return store;
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + what
                + "-----\n";
    }

    private SSLContext ofTheServer() throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(server, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", client.getCertificate("client"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return tls;
    }

    private RunningTelemetry start(ScriptedCollector collector, Map<String, String> more) {
        String endpoint = "https://localhost:" + collector.port();
        var environment = new HashMap<>(more);
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
        return RunningTelemetry.startAgreed(folder, environment, endpoint);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void aTurnArrivesWhereBothSidesShowTheirCertificates() throws Exception {
        try (var collector = ScriptedCollector.start(ofTheServer());
                var running = start(
                        collector,
                        Map.of(
                                "OTEL_EXPORTER_OTLP_CERTIFICATE", file("server.pem"),
                                "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", file("client.pem"),
                                "OTEL_EXPORTER_OTLP_CLIENT_KEY", file("client.key")))) {
            running.control().measured(new Measured().make());
            collector.await("the spans", () -> !collector.spans().isEmpty());
        }
    }

    @Test
    void anAuthorityThatIsNotKnownIsAProblemOfTls() throws Exception {
        try (var collector = ScriptedCollector.start(ofTheServer());
                var running = start(collector, Map.of())) {
            var problem = new AtomicReference<@Nullable DeliveryProblem>();
            running.control().onStatus(status -> problem.set(status.problem()));
            running.await("a problem", () -> problem.get() != null);
            assertThat(problem.get()).extracting(DeliveryProblem::kind).isEqualTo(DeliveryProblem.Kind.TLS);
            assertThat(collector.authorizations()).as("requests").isEmpty();
        }
    }
}
