package dev.sluice.host.sql.repository;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.actor.SchedulerNames;
import dev.sluice.host.sql.file.FoundFile;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.actor.InvalidActorException;
import dev.sluice.sdk.annotated.AnnotatedActors;
import java.util.List;
import java.util.Map;

/** A file that cannot be served: it is announced all the same, so that its failed replica tells everyone why. */
record BrokenQuery(FoundFile.Id id, String reason) implements ActorType {

    @Override
    public ActorDescriptor descriptor() {
        return new ActorDescriptor(
                id.actor(),
                id.version(),
                true,
                AnnotatedActors.DEFAULT_SLO_MILLIS,
                SchedulerNames.DEADLINE,
                "cannot be served: " + reason,
                List.of(new MethodDescriptor(MethodDescriptor.DEFAULT_NAME, false, 1, 0, false, "", "")));
    }

    @Override
    public ActorInstance create(Map<String, String> args) {
        throw new InvalidActorException(reason);
    }
}
