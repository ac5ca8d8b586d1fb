package dev.sluice.router.fleet.goal;

/** A document that is no {@link ActorGoal}, or one that this router cannot follow. The message says why, as a sentence. */
public final class UnreadableGoal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableGoal(String message) {
        super(message, null, false, false);
    }
}
