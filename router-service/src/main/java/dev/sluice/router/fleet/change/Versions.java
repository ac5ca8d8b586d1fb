package dev.sluice.router.fleet.change;

import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.goal.ActorGoal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The versions that an actor's goal knows: a name that was given to one means that one. */
final class Versions {

    private Versions() {}

    static List<VersionSpec> known(ActorGoal goal) {
        List<VersionSpec> known = new ArrayList<>(goal.versions());
        goal.previous().ifPresent(known::add);
        return known;
    }

    static Optional<VersionSpec> named(ActorGoal goal, String version) {
        return known(goal).stream()
                .filter(spec -> spec.version().equals(version))
                .findFirst();
    }

    /**
     * Replicas of one version have to be alike, and hosts leave those that run as they are.
     *
     * @throws Refused where the version's name is another's already
     */
    static void mustBeFree(ActorGoal goal, VersionSpec wanted, Running running) {
        VersionSpec known = named(goal, wanted.version()).orElse(wanted);
        if (known.equals(wanted)) {
            return;
        }
        boolean sameMake = known.kind().equals(wanted.kind())
                && known.type().equals(wanted.type())
                && known.args().equals(wanted.args());
        String version = "Version " + wanted.version() + " of " + goal.actor();
        if (!sameMake) {
            throw Refused.contradiction(version + " is known and made of something else: " + made(known)
                    + ". Give what you want now a version of its own.");
        }
        if (running.mayHave(wanted.version())) {
            throw Refused.contradiction(
                    version + " has replicas, and they have other settings. Give the version with the"
                            + " new settings a name of its own.");
        }
    }

    /** A definition is too long for a sentence. */
    private static String made(VersionSpec known) {
        if (known.kind().equals(ActorKinds.PIPELINE)) {
            return "it is a pipeline of another definition";
        }
        return "of the " + known.kind() + " type " + known.type()
                + (known.args().isEmpty() ? "" : " with the arguments " + known.args());
    }

    /** Without its shadow, where that is of this version, which gets the queries themselves from now on. */
    static ActorGoal withoutShadow(ActorGoal goal, String version) {
        boolean same = goal.shadow()
                .filter(shadow -> shadow.version().version().equals(version))
                .isPresent();
        return same ? goal.withShadow(Optional.empty()) : goal;
    }
}
