package dev.sluice.router.fleet.change;

/** Carries a {@link Refusal} to whoever asked. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public Refused(Refusal refusal) {
        super(refusal.sentence(), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }

    static Refused contradiction(String sentence) {
        return new Refused(new Refusal.Contradiction(sentence));
    }
}
