package dev.sluice.router.fleet.change;

import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Shadow;
import java.util.Optional;

/** A version that is to be tried with copies of queries; what is empty is as it is or, of a new one, as usual. */
public record ShadowChange(VersionChange version, Optional<Integer> percent, Optional<Integer> replicas) {

    public static final int USUAL_PERCENT = 10;

    public Changed to(ActorGoal before, Running running) {
        Shadow under = before.shadow().orElse(null);
        String name = version.version()
                .or(() -> before.shadow().map(shadow -> shadow.version().version()))
                .orElseThrow(() -> new Refused(new Refusal.Invalid(
                        "version", "is missing", "Name the version that is to get copies of queries.")));
        VersionSpec next = version.over(Versions.named(before, name).orElse(before.current()));
        if (version.version().isEmpty() && version.saysMore()) {
            throw new Refused(new Refusal.Invalid(
                    "version", "is missing", "Name the version that is to be made of this; it has no default here."));
        }
        Versions.mustBeFree(before, next, running);
        Shadow shadow = new Shadow(
                next,
                percent.orElse(under == null ? USUAL_PERCENT : under.percent()),
                replicas.orElse(under == null ? 1 : under.replicas()));
        return new Changed(
                before.withShadow(Optional.of(shadow)),
                "version " + name + " gets copies of " + shadow.percent() + " % of the queries");
    }
}
