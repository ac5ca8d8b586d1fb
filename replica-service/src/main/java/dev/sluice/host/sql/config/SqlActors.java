package dev.sluice.host.sql.config;

import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.host.sql.actor.SqlActorType;
import dev.sluice.host.sql.file.SqlFile;
import dev.sluice.host.sql.file.SqlFolder;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.host.ActorKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SQL actors of a host, as they lay in the folder when it started. */
final class SqlActors implements ActorKind {

    private static final Logger log = LoggerFactory.getLogger(SqlActors.class);

    /** Numbers by their size, before names by their letters: 2, 10, a. */
    private static final Comparator<String> BY_VERSION = Comparator.<String>comparingInt(
                    version -> version.matches("\\d{1,9}") ? Integer.parseInt(version) : Integer.MAX_VALUE)
            .thenComparing(Comparator.naturalOrder());

    private final Map<String, Map<String, SqlActorType>> actors = new TreeMap<>();
    private final Map<String, List<String>> broken = new TreeMap<>();

    private SqlActors() {}

    /**
     * Those that can be served; the log says of the others why not.
     *
     * @param make an actor of a file
     */
    static SqlActors in(SqlFolder folder, Function<SqlFile, SqlActorType> make) {
        SqlActors actors = new SqlActors();
        for (SqlFile file : folder.read(actors::isBroken)) {
            try {
                SqlActorType type = make.apply(file);
                actors.actors
                        .computeIfAbsent(file.name(), name -> new TreeMap<>(BY_VERSION))
                        .put(file.version(), type);
            } catch (IllegalArgumentException e) {
                actors.isBroken(file.name(), file.name() + " " + file.version() + ": " + e.getMessage());
            }
        }
        return actors;
    }

    private void isBroken(String name, String why) {
        log.error("Left out a SQL actor: {}", why);
        broken.computeIfAbsent(name, one -> new ArrayList<>()).add(why);
    }

    /** The newest version of each. */
    List<SqlActorType> newest() {
        return actors.values().stream()
                .map(versions -> List.copyOf(versions.values()))
                .map(versions -> versions.get(versions.size() - 1))
                .toList();
    }

    @Override
    public String kind() {
        return ActorKinds.SQL;
    }

    @Override
    public List<String> types() {
        return List.copyOf(actors.keySet());
    }

    /** A file without a folder of versions serves as any version, as a class does. */
    @Override
    public ActorType type(String actor, VersionSpec version) {
        Map<String, SqlActorType> versions = new LinkedHashMap<>(actors.getOrDefault(version.type(), Map.of()));
        SqlActorType found = versions.get(version.version());
        if (found != null) {
            return found;
        }
        if (versions.size() == 1 && versions.containsKey(SqlFolder.ONLY)) {
            return versions.values().iterator().next();
        }
        if (broken.containsKey(version.type())) {
            throw new IllegalArgumentException(String.join(" ", broken.getOrDefault(version.type(), List.of())));
        }
        throw new IllegalArgumentException(
                versions.isEmpty()
                        ? "This host has no SQL actor '" + version.type() + "'; it has " + actors.keySet() + "."
                        : "The SQL actor '" + version.type() + "' has no version '" + version.version()
                                + "' on this host; it has " + versions.keySet() + ".");
    }
}
