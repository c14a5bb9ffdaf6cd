package dev.kansoku.demo;

/** Why a request is not answered: the status and the sentence that Ollama would say (server/routes.go). */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param sentence quotes nothing of a prompt */
    Refusal(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    int status() {
        return status;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
