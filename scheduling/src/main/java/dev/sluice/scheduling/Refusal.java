package dev.sluice.scheduling;

/**
 * A query was not queued; the scheduler keeps nothing of it. Data and not an exception, and each is made once: under
 * overload, refusing is the commonest thing a scheduler does.
 *
 * @param why the cause
 */
public record Refusal(Reason why) {

    static final Refusal EXPIRED = new Refusal(Reason.EXPIRED);
    static final Refusal OVERLOADED = new Refusal(Reason.OVERLOADED);
    static final Refusal OVER_SHARE = new Refusal(Reason.OVER_SHARE);
    static final Refusal UNMEETABLE = new Refusal(Reason.UNMEETABLE);
}
