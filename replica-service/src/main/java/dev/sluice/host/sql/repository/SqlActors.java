package dev.sluice.host.sql.repository;

import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.host.sql.actor.SqlActorType;
import dev.sluice.host.sql.actor.SqlVersion;
import dev.sluice.host.sql.file.FoundFile;
import dev.sluice.host.sql.file.SqlFolder;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.host.ActorKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The SQL actors that routers may ask for. Thread-safe; nothing here asks a database. */
public final class SqlActors implements ActorKind {

    private final ConcurrentNavigableMap<FoundFile.Id, SqlVersion> actors = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<FoundFile.Id, String> broken = new ConcurrentSkipListMap<>();

    void add(SqlVersion version) {
        actors.put(new FoundFile.Id(version.file().name(), version.file().version()), version);
    }

    void isBroken(FoundFile.Id id, String reason) {
        broken.put(id, reason);
    }

    void remove(FoundFile.Id id) {
        actors.remove(id);
        broken.remove(id);
    }

    @Override
    public String kind() {
        return ActorKinds.SQL;
    }

    @Override
    public List<String> types() {
        return actors.keySet().stream().map(FoundFile.Id::actor).distinct().toList();
    }

    /** A file that lies in no folder of versions serves as any version, as a class does. */
    @Override
    public ActorType type(String actor, VersionSpec version) {
        FoundFile.Id id = new FoundFile.Id(version.type(), version.version());
        SqlVersion found = actors.get(id);
        if (found != null) {
            return new SqlActorType(found);
        }
        if (broken.containsKey(id)) {
            throw new IllegalArgumentException(said(id, broken.get(id)));
        }
        Map<String, SqlVersion> versions = versions(version.type());
        SqlVersion only = versions.get(SqlFolder.ONLY);
        if (versions.size() == 1 && only != null && !only.file().inFolder()) {
            return new SqlActorType(only);
        }
        String reasons = broken.entrySet().stream()
                .filter(entry -> entry.getKey().actor().equals(version.type()))
                .map(entry -> said(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(" "));
        if (!reasons.isEmpty()) {
            throw new IllegalArgumentException(reasons);
        }
        throw new IllegalArgumentException(
                versions.isEmpty()
                        ? "This host has no SQL actor '" + version.type() + "'; it has " + types() + "."
                        : "The SQL actor '" + version.type() + "' has no version '" + version.version()
                                + "' on this host; it has " + versions.keySet() + ".");
    }

    private static String said(FoundFile.Id id, @Nullable String reason) {
        return "The " + id + " cannot be served: " + reason;
    }

    private Map<String, SqlVersion> versions(String type) {
        Map<String, SqlVersion> versions = new TreeMap<>();
        actors.forEach((id, version) -> {
            if (id.actor().equals(type)) {
                versions.put(id.version(), version);
            }
        });
        return versions;
    }
}
