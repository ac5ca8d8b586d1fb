package dev.sluice.host.sql.repository;

import dev.sluice.host.sql.actor.SqlVersion;
import dev.sluice.host.sql.engine.SqlErrors;
import dev.sluice.host.sql.file.FoundFile;
import dev.sluice.host.sql.file.SqlFile;
import dev.sluice.host.sql.file.SqlFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SQL actors of a folder, brought to what lies there whenever it is looked at. Looked at by one thread; what it tells is safe for
 * others.
 */
final class QueryRepository {

    private static final Logger log = LoggerFactory.getLogger(QueryRepository.class);

    private final SqlFolder folder;
    private final QueryFactory factory;
    private final Listener listener;
    private final Map<FoundFile.Id, Entry> entries = new LinkedHashMap<>();

    /** What was taken away: replicas that routers placed may still run it, and take over what comes under its name. */
    private final Map<FoundFile.Id, SqlVersion> taken = new HashMap<>();

    private final Set<Path> told = new HashSet<>();
    private Map<FoundFile.Id, FoundFile> seen = Map.of();
    private boolean looked;
    private volatile Map<FoundFile.Id, QueryStatus> statuses = Map.of();

    /** @param again whether it is tried again though its file is the same: its database may be there by then */
    private record Entry(String fingerprint, @Nullable SqlVersion version, QueryStatus status, boolean again) {}

    QueryRepository(SqlFolder folder, QueryFactory factory, Listener listener) {
        this.folder = folder;
        this.factory = factory;
        this.listener = listener;
    }

    /** Told what became of versions, on the thread that looks. */
    interface Listener {

        /** It can be run from now on. */
        void came(SqlVersion version);

        /** Replicas run it as its file is now; what is known of it may be another thing. */
        void changed(SqlVersion version);

        void isBroken(FoundFile.Id id, String reason);

        void gone(FoundFile.Id id);
    }

    /** How each version stands. Any thread. */
    Map<FoundFile.Id, QueryStatus> statuses() {
        return statuses;
    }

    /**
     * Looks at the folder. What changes while it is written is left until it rests: it has to look the same twice, but for the first
     * time, when a host starts.
     *
     * @return whether it could be read
     */
    boolean look() {
        Map<FoundFile.Id, FoundFile> found;
        try {
            found = folder.look(this::tell);
        } catch (IOException e) {
            log.warn("The folder of SQL actors cannot be read; what serves goes on: {}", e.toString());
            return false;
        }
        Set<FoundFile.Id> gone = new HashSet<>(entries.keySet());
        gone.removeAll(found.keySet());
        gone.forEach(this::forget);
        for (FoundFile file : found.values()) {
            Entry known = entries.get(file.id());
            boolean rests = !looked || file.equals(seen.get(file.id()));
            if (rests && (known == null || known.again() || !known.fingerprint().equals(file.fingerprint()))) {
                bring(file, known);
            }
        }
        seen = found;
        looked = true;
        Map<FoundFile.Id, QueryStatus> now = new TreeMap<>();
        entries.forEach((id, entry) -> now.put(id, entry.status()));
        statuses = now;
        return true;
    }

    private void tell(Path path, String why) {
        if (told.add(path)) {
            log.error("Left out {}: {}", path, why);
        }
    }

    private void forget(FoundFile.Id id) {
        Entry entry = entries.remove(id);
        if (entry != null && entry.version() != null) {
            taken.put(id, entry.version());
        }
        log.info("The {} is gone from the folder and is not served any more.", id);
        listener.gone(id);
    }

    private void bring(FoundFile file, @Nullable Entry known) {
        SqlVersion serving = known == null ? null : known.version();
        try {
            SqlVersion version = serving == null ? first(file, known != null) : changed(file, serving);
            entries.put(file.id(), new Entry(file.fingerprint(), version, QueryStatus.GOOD, false));
        } catch (SQLException e) {
            broken(file, known, SqlErrors.line(e), true);
        } catch (RuntimeException e) {
            broken(file, known, String.valueOf(e.getMessage()), false);
        }
    }

    private SqlVersion changed(FoundFile file, SqlVersion version) throws SQLException {
        SqlFile read = folder.read(file);
        version.change(read, factory.source(read));
        log.info("The {} has changed and serves as it is now.", file.id());
        listener.changed(version);
        return version;
    }

    private SqlVersion first(FoundFile file, boolean wasBroken) throws SQLException {
        SqlFile read = folder.read(file);
        SqlVersion before = taken.get(file.id());
        SqlVersion version = before == null ? factory.make(read) : before;
        if (before == null) {
            version.tryOut();
        } else {
            before.change(read, factory.source(read));
        }
        taken.remove(file.id());
        if (wasBroken) {
            listener.gone(file.id());
        }
        log.info("The {} can be served.", file.id());
        listener.came(version);
        return version;
    }

    private void broken(FoundFile file, @Nullable Entry known, String reason, boolean again) {
        SqlVersion serving = known == null ? null : known.version();
        QueryStatus.State state = serving == null ? QueryStatus.State.BROKEN : QueryStatus.State.STALE;
        QueryStatus status = new QueryStatus(state, reason);
        entries.put(file.id(), new Entry(file.fingerprint(), serving, status, again));
        if (known != null && known.status().equals(status)) {
            return;
        }
        if (serving != null) {
            log.error("The {} has changed and cannot be served; it serves as it was: {}", file.id(), reason);
            return;
        }
        log.error("The {} cannot be served: {}", file.id(), reason);
        if (known != null) {
            listener.gone(file.id());
        }
        listener.isBroken(file.id(), reason);
    }
}
