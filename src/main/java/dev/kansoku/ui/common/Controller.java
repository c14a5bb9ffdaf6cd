package dev.kansoku.ui.common;

import javafx.util.Subscription;

/**
 * The code behind one FXML file. Views come and go, with the language for one, while view models stay: what a
 * controller subscribes to it owns, and lets go when its view is taken away.
 */
public abstract class Controller {

    private Subscription owned = Subscription.EMPTY;

    protected final void own(Subscription subscription) {
        owned = owned.and(subscription);
    }

    public void dispose() {
        owned.unsubscribe();
        owned = Subscription.EMPTY;
    }
}
