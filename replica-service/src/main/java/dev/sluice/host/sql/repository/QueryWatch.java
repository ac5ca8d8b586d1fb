package dev.sluice.host.sql.repository;

import dev.sluice.host.folder.FolderWatch;
import dev.sluice.host.sql.file.FoundFile;
import dev.sluice.host.sql.file.SqlFolder;
import java.time.Duration;
import java.util.Map;

/** Watches the folder of SQL actors. */
public final class QueryWatch extends FolderWatch {

    private final QueryRepository repository;

    /**
     * @param served where they go
     * @param interval between two looks
     */
    public QueryWatch(SqlFolder folder, QueryFactory factory, ServedQueries served, Duration interval) {
        this(new QueryRepository(folder, factory, served), interval);
    }

    private QueryWatch(QueryRepository repository, Duration interval) {
        super("sql", repository::look, interval);
        this.repository = repository;
    }

    /** How each version stands. Any thread. */
    public Map<FoundFile.Id, QueryStatus> statuses() {
        return repository.statuses();
    }
}
