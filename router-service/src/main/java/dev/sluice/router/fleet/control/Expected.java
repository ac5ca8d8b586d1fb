package dev.sluice.router.fleet.control;

import dev.sluice.router.fleet.change.Refusal;
import dev.sluice.router.fleet.change.Refused;
import java.util.OptionalLong;

/**
 * Which revision a writer means to change.
 *
 * @param revision empty where the change is to apply to whatever holds now
 */
public record Expected(OptionalLong revision) {

    /** Whatever holds now. */
    public static final Expected ANY = new Expected(OptionalLong.empty());

    /** @param revision as the writer saw it; 0 where the store had nothing */
    public static Expected of(long revision) {
        return new Expected(OptionalLong.of(revision));
    }

    /** @throws Refused where it is another */
    void mustBe(long actual) {
        if (revision.isPresent() && revision.getAsLong() != actual) {
            throw new Refused(new Refusal.Stale(revision.getAsLong(), actual));
        }
    }
}
