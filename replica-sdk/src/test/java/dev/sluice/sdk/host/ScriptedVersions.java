package dev.sluice.sdk.host;

import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.sdk.host.ScriptedActor.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** What routers may ask for: the test's scripts by the name of a type. Scripts are added before there is a host. */
final class ScriptedVersions implements VersionResolver {

    private record Type(Script script, Supplier<Throwable> start) {}

    private final Map<String, Type> types = new TreeMap<>();
    private final Map<String, RuntimeException> refused = new TreeMap<>();

    /** What was made of them. */
    final List<ScriptedActor> made = new CopyOnWriteArrayList<>();

    ScriptedVersions with(String type, Script script) {
        return with(type, script, () -> null);
    }

    /** @param start may take its time, and is thrown where it is not null */
    ScriptedVersions with(String type, Script script, Supplier<Throwable> start) {
        types.put(type, new Type(script, start));
        return this;
    }

    ScriptedVersions refusing(String type, RuntimeException why) {
        refused.put(type, why);
        return this;
    }

    static VersionSpec spec(String version, String type) {
        return new VersionSpec(version, ActorKinds.JAVA, type, Map.of(), VersionSettings.UNSET);
    }

    @Override
    public List<Offer> offers() {
        List<Offer> offers = new ArrayList<>();
        types.keySet().forEach(type -> offers.add(new Offer(ActorKinds.JAVA, type)));
        return offers;
    }

    @Override
    public HostedActor resolve(String actor, VersionSpec version) {
        RuntimeException why = refused.get(version.type());
        if (why != null) {
            throw why;
        }
        Type type = types.get(version.type());
        if (type == null) {
            throw new IllegalArgumentException("There is no '" + version.type() + "' here.");
        }
        ScriptedActor next = ScriptedActor.version(actor, version.version(), type.script(), type.start());
        made.add(next);
        return next.hosted(0);
    }
}
