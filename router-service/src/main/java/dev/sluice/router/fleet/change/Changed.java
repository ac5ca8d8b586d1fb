package dev.sluice.router.fleet.change;

import dev.sluice.router.fleet.goal.ActorGoal;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of a goal.
 *
 * @param goal that is wanted from now on
 * @param done what that means for the actor, the rest of a sentence; for its events
 * @param warnings sentences for who asked: what it means beyond what was asked for
 */
public record Changed(ActorGoal goal, String done, List<String> warnings) {

    public Changed {
        warnings = List.copyOf(warnings);
    }

    Changed(ActorGoal goal, String done) {
        this(goal, done, List.of());
    }

    /** The same, with one more thing to know. */
    public Changed warning(String sentence) {
        List<String> more = new ArrayList<>(warnings);
        more.add(sentence);
        return new Changed(goal, done, more);
    }
}
