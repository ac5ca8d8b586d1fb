package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;

/** One version of one actor. */
record VersionKey(String actor, String version) {

    static VersionKey of(ActorDescriptor descriptor) {
        return new VersionKey(descriptor.name(), descriptor.version());
    }
}
