package dev.sluice.router.fleet.control;

import dev.sluice.common.placement.ActorKinds;
import dev.sluice.router.dispatch.RouterLinks;
import dev.sluice.router.pipeline.Pipelines;
import dev.sluice.router.pipeline.Pipelines.Declared;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Lets a router run the pipelines that are wanted. Every router runs all of them: they have no replicas that one could place. */
public final class DeclaredPipelines implements Consumer<Desired> {

    private final Pipelines pipelines;
    private final RouterLinks links;

    public DeclaredPipelines(Pipelines pipelines, RouterLinks links) {
        this.pipelines = pipelines;
        this.links = links;
    }

    @Override
    public void accept(Desired desired) {
        Set<Declared> declared = new HashSet<>();
        desired.goals()
                .forEach((actor, goal) -> goal.versions().stream()
                        .filter(version -> version.kind().equals(ActorKinds.PIPELINE))
                        .forEach(version -> declared.add(new Declared(actor, version))));
        if (pipelines.follow(declared)) {
            links.publish();
        }
    }
}
