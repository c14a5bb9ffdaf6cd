package dev.kansoku.history;

/**
 * What became of an import.
 *
 * @param conversations that are new
 * @param turns that are new, in new conversations and in those that were there
 * @param conversationsThere that were there already
 * @param turnsThere that were there already
 * @param turnsElsewhere that were left out, because another conversation has them
 */
public record ImportResult(
        int conversations, long turns, int conversationsThere, long turnsThere, long turnsElsewhere) {

    static final ImportResult NOTHING = new ImportResult(0, 0, 0, 0, 0);

    ImportResult plus(ImportResult more) {
        return new ImportResult(
                conversations + more.conversations,
                turns + more.turns,
                conversationsThere + more.conversationsThere,
                turnsThere + more.turnsThere,
                turnsElsewhere + more.turnsElsewhere);
    }
}
