package dev.kansoku.instance;

import java.nio.file.Path;
import java.time.Duration;

/** A program that claims a folder, says how that went, says when it is called, and is killed. */
final class InstanceVictim {

    private InstanceVictim() {}

    /**
     * Claims the folder.
     *
     * @param arguments folder
     */
    public static void main(String[] arguments) throws Exception {
        var instance = OneInstance.claim(Path.of(arguments[0]), Duration.ofSeconds(30));
        System.out.println(instance.isPresent() ? "first" : "second");
        if (instance.isPresent()) {
            try (OneInstance first = instance.get()) {
                first.onCall(() -> System.out.println("called"));
                Thread.currentThread().join();
            }
        }
    }
}
