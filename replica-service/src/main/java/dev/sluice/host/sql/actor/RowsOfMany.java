package dev.sluice.host.sql.actor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.host.sql.actor.SqlRun.Query;
import dev.sluice.host.sql.file.Format;
import dev.sluice.host.sql.file.SqlFile.Limits;
import dev.sluice.host.sql.result.Column;
import dev.sluice.host.sql.result.ResultWriter;
import dev.sluice.host.sql.result.RowBytes;
import dev.sluice.host.sql.result.Values;
import io.netty.buffer.ByteBuf;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of many queries that ran together, sorted by query; each has the limits of its file for itself. */
final class RowsOfMany {

    private static final String QUERY_ID = "query_id";

    /** What a run may hold in memory at least, and beyond that as much as a few whole results. */
    private static final long LEAST_HELD = 16L * 1024 * 1024;

    private static final int WHOLE_RESULTS = 4;

    private final SqlContext context;
    private final Format format;
    private final List<List<@Nullable Object[]>> rows = new ArrayList<>();
    private final @Nullable Failure[] failures;
    private final long[] least;
    private final long[] held;
    private List<Column> columns = List.of();
    private List<Column> withId = List.of();
    private int idPlace;

    RowsOfMany(SqlContext context, Format format, int queries) {
        this.context = context;
        this.format = format;
        this.failures = new @Nullable Failure[queries];
        this.least = new long[queries];
        this.held = new long[queries];
        for (int i = 0; i < queries; i++) {
            rows.add(new ArrayList<>(1));
        }
    }

    void read(ResultSet result) throws SQLException {
        try (result) {
            readAll(result);
        }
    }

    private void readAll(ResultSet result) throws SQLException {
        rows.forEach(List::clear);
        Arrays.fill(failures, null);
        Arrays.fill(least, 0);
        Arrays.fill(held, 0);
        List<Column> all = new ArrayList<>(Column.of(result.getMetaData()));
        withId = List.copyOf(all);
        int idAt = idAt(all);
        all.remove(idAt);
        columns = all;
        idPlace = idAt;
        long mostHeld =
                Math.max(LEAST_HELD, WHOLE_RESULTS * context.file().limits().bytes());
        long heldByAll = 0;
        long left = SqlSession.mostRows(context.file());
        while (result.next()) {
            left--;
            if (left == 0 && rows.size() > 1) {
                // The rest may be missing. Whose rows they are, halves of the batch will tell.
                throw new SQLException("The result of " + rows.size() + " queries has too many rows.");
            }
            int query = query(result.getLong(idAt + 1), result.wasNull());
            List<@Nullable Object[]> own = rows.get(query);
            if (failures[query] == null) {
                @Nullable Object[] row = Values.row(result, columns, idAt);
                own.add(row);
                least[query] += RowBytes.least(row);
                held[query] += RowBytes.held(row);
                heldByAll += RowBytes.held(row);
                failures[query] = overlong(query);
                if (failures[query] != null) {
                    own.clear();
                    heldByAll -= held[query];
                    if (rows.size() == 1) {
                        return;
                    }
                } else if (heldByAll > mostHeld && rows.size() > 1) {
                    throw new SQLException("The result of " + rows.size() + " queries is too large to be held.");
                }
            }
        }
    }

    private @Nullable Failure overlong(int query) {
        Limits limits = context.file().limits();
        if (rows.get(query).size() > limits.rows()) {
            return Overlong.rows(context.file());
        }
        return least[query] > limits.bytes() ? Overlong.bytes(context.file()) : null;
    }

    /** Numbers of rows are of one type, whatever the statement makes of them. */
    static List<Column> numbered(List<Column> columns) {
        return columns.stream()
                .map(column -> column.name().equalsIgnoreCase(QUERY_ID) ? Column.rowNumber(column.name()) : column)
                .toList();
    }

    private static int idAt(List<Column> columns) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(QUERY_ID)) {
                return i;
            }
        }
        throw new SQLException(
                "The result has no column query_id, which says whose row it is: select inputs.query_id.");
    }

    private int query(long id, boolean isNull) throws SQLException {
        if (isNull || id < 0 || id >= rows.size()) {
            throw new SQLException("The result has a row whose query_id is " + (isNull ? "null" : String.valueOf(id))
                    + ": select inputs.query_id as it is.");
        }
        return (int) id;
    }

    /** Whose rows are a part of what is answered, or all of it. */
    private void give(Query query, int place, SqlRun run) {
        Failure failure = failures[place];
        TensorGathering gathering = query.gathering();
        if (failure != null) {
            run.failRow(query, failure);
        } else if (gathering != null && !run.hasEnded(query)) {
            gathering.add(query.row(), rows.get(place), withId, idPlace, run);
        }
    }

    /**
     * Ends the queries with their rows, once all are written: they leave together then, and are received together.
     *
     * @param queries that ran
     */
    void end(SqlRun run, List<Query> queries) {
        List<@Nullable ByteBuf> bodies = new ArrayList<>(rows.size());
        try {
            for (int query = 0; query < failures.length; query++) {
                boolean own = queries.get(query).gathering() == null;
                bodies.add(own && failures[query] == null ? written(query) : null);
            }
            for (int query = 0; query < failures.length; query++) {
                ByteBuf body = bodies.set(query, null);
                if (body == null) {
                    give(queries.get(query), query, run);
                } else {
                    run.result(queries.get(query).index(), body, ResultWriter.mediaType(format));
                }
            }
        } finally {
            for (ByteBuf body : bodies) {
                if (body != null) {
                    body.release();
                }
            }
        }
    }

    /** A value that its column cannot have is one query's fault. */
    private @Nullable ByteBuf written(int query) {
        try {
            ByteBuf body = body(query);
            failures[query] = body == null ? Overlong.bytes(context.file()) : null;
            return body;
        } catch (RuntimeException e) {
            failures[query] = new Failure(ErrorCode.FAILED, "The result cannot be given: " + e.getMessage());
            return null;
        }
    }

    /** Null where it is too large. */
    private @Nullable ByteBuf body(int query) {
        Limits limits = context.file().limits();
        ByteBuf out = context.allocator().buffer();
        boolean given = false;
        try {
            boolean whole = true;
            try (ResultWriter writer = ResultWriter.of(format, columns, out)) {
                for (@Nullable Object[] row : rows.get(query)) {
                    writer.row(row);
                    if (writer.bytes() > limits.bytes()) {
                        whole = false;
                        break;
                    }
                }
                writer.end();
            }
            given = whole && out.readableBytes() <= limits.bytes();
            return given ? out : null;
        } finally {
            if (!given) {
                out.release();
            }
        }
    }
}
