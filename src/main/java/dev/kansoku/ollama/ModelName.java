package dev.kansoku.ollama;

/** Names of models as users write them and as the server lists them. */
public final class ModelName {

    private ModelName() {}

    /** The name with its tag: {@code tinyllama} is {@code tinyllama:latest} (types/model/name.go). */
    public static String withTag(String name) {
        return name.indexOf(':', name.lastIndexOf('/') + 1) < 0 ? name + ":latest" : name;
    }

    /** The name as people say it: without {@code :latest}. */
    public static String display(String name) {
        return name.endsWith(":latest") ? name.substring(0, name.length() - ":latest".length()) : name;
    }

    public static boolean same(String a, String b) {
        return withTag(a).equalsIgnoreCase(withTag(b));
    }
}
