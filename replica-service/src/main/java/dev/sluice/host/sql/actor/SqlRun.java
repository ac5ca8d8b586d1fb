package dev.sluice.host.sql.actor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.host.sql.engine.SqlErrors;
import dev.sluice.host.sql.file.Format;
import dev.sluice.sdk.actor.BatchSink;
import dev.sluice.sdk.actor.Input;
import io.netty.buffer.ByteBuf;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/** One batch, on the thread of its replica's session. Disposing it interrupts the database, from any thread. */
final class SqlRun implements Runnable, Disposable {

    private static final Logger log = LoggerFactory.getLogger(SqlRun.class);

    /** An interrupt that comes before the database has begun is lost, so it is said again. */
    private static final long AGAIN_MILLIS = 20;

    /** What PostgreSQL says of a statement that was cancelled. */
    private static final String INTERRUPTED = "57014";

    /** A query of the batch with its values. */
    record Query(int index, Map<String, @Nullable Object> values) {}

    private final SqlContext context;
    private final SqlSession session;
    private final Format format;
    private final List<Input> inputs;
    private final BatchSink sink;
    private final boolean[] ended;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean givenUp;
    private volatile boolean tooLong;

    SqlRun(SqlContext context, SqlSession session, Format format, List<Input> inputs, BatchSink sink) {
        this.context = context;
        this.session = session;
        this.format = format;
        this.inputs = inputs;
        this.sink = sink;
        this.ended = new boolean[inputs.size()];
    }

    @Override
    public void run() {
        Future<?> limit = context.limit(this::takesTooLong);
        try {
            List<Query> queries = read();
            if (context.file().statement().readsInputs()) {
                if (!queries.isEmpty()) {
                    together(queries);
                }
            } else {
                queries.forEach(this::alone);
            }
        } catch (RuntimeException | Error e) { // no memory, most likely: no query is to hang for it
            log.error(
                    "A batch of the SQL actor {} could not be run.",
                    context.file().name(),
                    e);
            failOpen(new Failure(ErrorCode.FAILED, "The query could not be run: " + e));
        } finally {
            limit.cancel(false);
            done.countDown();
        }
    }

    private List<Query> read() {
        List<Query> queries = new ArrayList<>(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            try {
                queries.add(new Query(i, context.reader().read(inputs.get(i))));
            } catch (QueryException e) {
                fail(i, e.failure());
            }
        }
        return queries;
    }

    private void alone(Query query) {
        RowsOfOne rows = new RowsOfOne(context, format);
        try {
            attempt(() -> rows.read(session.execute(query.values())));
            rows.end(this, query.index());
        } catch (SQLException e) {
            fail(query.index(), failure(e));
        } finally {
            rows.close();
        }
    }

    /** Whatever fails a batch, fails one query of it alone in the end: halves are run one after the other. */
    private void together(List<Query> queries) {
        RowsOfMany rows = new RowsOfMany(context, format, queries.size());
        try {
            attempt(() -> rows.read(
                    session.execute(queries.stream().map(Query::values).toList())));
        } catch (SQLException e) {
            if (queries.size() == 1 || stopped()) {
                Failure failure = failure(e);
                queries.forEach(query -> fail(query.index(), failure));
            } else {
                int middle = queries.size() / 2;
                together(queries.subList(0, middle));
                together(queries.subList(middle, queries.size()));
            }
            return;
        }
        for (int i = 0; i < queries.size(); i++) {
            rows.end(this, queries.get(i).index(), i);
        }
    }

    /** A run against the database. */
    private interface Attempt {
        void run() throws SQLException;
    }

    private void attempt(Attempt attempt) throws SQLException {
        try {
            once(attempt);
        } catch (SQLException e) {
            // It only reads, so it may be run again, where the database had gone away.
            // An interrupt that was meant for the run before may come as late as this, too.
            if (stopped() || !(INTERRUPTED.equals(e.getSQLState()) || session.reopenIfLost())) {
                throw e;
            }
            log.info("The SQL actor {} runs a query again: {}", context.file().name(), SqlErrors.line(e));
            once(attempt);
        }
    }

    private void once(Attempt attempt) throws SQLException {
        if (stopped()) {
            throw new SQLRecoverableException("given up");
        }
        try {
            attempt.run();
        } catch (SQLException e) {
            session.afterFailure(e);
            throw e;
        }
        session.finish();
    }

    private boolean stopped() {
        return givenUp || tooLong;
    }

    private Failure failure(SQLException e) {
        if (givenUp) {
            return new Failure(ErrorCode.CANCELLED, "The query was given up.");
        }
        if (tooLong) {
            return new Failure(
                    ErrorCode.EXPIRED,
                    "The query ran for longer than its file allows (@timeout), " + context.timeMillis() + " ms.");
        }
        return new Failure(ErrorCode.FAILED, "The database refused the query: " + SqlErrors.line(e));
    }

    void fail(int index, Failure failure) {
        ended[index] = true;
        sink.fail(index, failure);
    }

    void result(int index, ByteBuf body, String mediaType) {
        ended[index] = true;
        sink.result(index, body, mediaType);
    }

    private void failOpen(Failure failure) {
        for (int i = 0; i < ended.length; i++) {
            if (!ended[i]) {
                fail(i, failure);
            }
        }
    }

    private void takesTooLong() {
        tooLong = true;
        session.cancel();
    }

    @Override
    public void dispose() {
        givenUp = true;
        boolean interrupted = false;
        while (true) {
            session.cancel();
            try {
                if (done.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                // The next batch must not find this one running.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isDisposed() {
        return done.getCount() == 0;
    }
}
