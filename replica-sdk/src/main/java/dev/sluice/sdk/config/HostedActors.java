package dev.sluice.sdk.config;

import dev.sluice.common.actor.SchedulerNames;
import dev.sluice.common.config.SettingRefused;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.config.ActorsProperties.ActorProperties;
import dev.sluice.sdk.host.HostedActor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a host is to run: the actors that were found, each with its settings. */
record HostedActors(List<HostedActor> actors) {

    private static final Logger log = LoggerFactory.getLogger(HostedActors.class);

    HostedActors {
        actors = List.copyOf(actors);
    }

    /** Of a host whose actors are all known when it starts. */
    static HostedActors of(Collection<ActorType> types, Map<String, ActorProperties> settings) {
        return of(types, settings, true);
    }

    /**
     * @param all whether no others can come later, so that settings for others are mistakes
     * @throws SettingRefused where two actors have one name, or settings make no sense
     */
    static HostedActors of(Collection<ActorType> types, Map<String, ActorProperties> settings, boolean all) {
        Map<String, HostedActor> hosted = new LinkedHashMap<>();
        for (ActorType type : types) {
            String name = type.descriptor().name();
            ActorProperties own = settings.getOrDefault(name, ActorsProperties.NONE);
            if (own.replicas() < 0) {
                throw new SettingRefused(
                        "sluice.actors." + name + ".replicas is " + own.replicas() + ".", "Write 0 or more.");
            }
            ConfiguredActor configured = ConfiguredActor.of(type, own);
            if (configured.waitsForNothing()) {
                log.warn(
                        "Batches of the actor {} are to wait for company (maxWait), which they do not under its scheduler, '{}':"
                                + " set sluice.actors.{}.scheduler=fifo, or take the wait away.",
                        name,
                        SchedulerNames.DEADLINE,
                        name);
            }
            HostedActor actor = new HostedActor(configured, own.replicas(), own.args());
            if (hosted.put(name, actor) != null) {
                throw new SettingRefused(
                        "Two actors of this host are called '" + name + "'.",
                        "Give one of them another name in its @Actor, or take its jar away.");
            }
        }
        TreeSet<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(hosted.keySet());
        if (all && !unknown.isEmpty()) {
            log.warn(
                    "There are settings for actors that this host does not have: {}; it has {}.",
                    unknown,
                    hosted.keySet());
        }
        return new HostedActors(List.copyOf(hosted.values()));
    }

    /** How many replicas the configuration names. */
    int replicas() {
        return actors.stream().mapToInt(HostedActor::replicas).sum();
    }
}
