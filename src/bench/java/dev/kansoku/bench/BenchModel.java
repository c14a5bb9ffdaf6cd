package dev.kansoku.bench;

/** The real model that is asked, and what: the same answer of 48 tokens every time. */
final class BenchModel {

    static final String NAME = "kansoku-bench";
    static final String PROMPT = "Tell me a long story about a river that wanted to know how long it is.";

    private static final String CREATE = """
            {"model": "kansoku-bench", "from": "tinyllama", "stream": false,
             "parameters": {"seed": 7, "temperature": 0, "num_predict": 48}}""";

    private BenchModel() {}

    static void create(Curl curl) {
        curl.post("/api/create", CREATE, "");
    }
}
