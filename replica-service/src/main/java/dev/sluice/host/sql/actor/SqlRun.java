package dev.sluice.host.sql.actor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferMedia;
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
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/** One batch, on the thread of its replica's session. Disposing it interrupts the database, from any thread. */
final class SqlRun implements Runnable, Disposable {

    private static final Logger log = LoggerFactory.getLogger(SqlRun.class);

    private static final Failure CANCELLED = new Failure(ErrorCode.CANCELLED, "The query was given up.");

    /** What is asked: by which method, and what that answers with but to those who ask with tensors. */
    record Asked(String method, Format format) {}

    /**
     * A query of the batch with its values, or a row of one.
     *
     * @param index in the batch
     * @param gathering of what is answered, where it came as tensors; null: it is answered by itself
     */
    record Query(
            int index,
            Map<String, @Nullable Object> values,
            @Nullable TensorGathering gathering,
            int row) {}

    private final SqlContext context;
    private final Sessions sessions;
    private final Format format;
    private final String model;
    private final List<Input> inputs;
    private final BatchSink sink;
    private final boolean[] ended;
    private final Interruption interruption = new Interruption();
    private volatile boolean givenUp;
    private volatile boolean tooLong;

    /** Has the session of the replica. */
    interface Sessions {
        SqlSession of(SqlContext context) throws SQLException;
    }

    SqlRun(SqlContext context, Sessions sessions, Asked asked, List<Input> inputs, BatchSink sink) {
        this.context = context;
        this.sessions = sessions;
        this.format = asked.format();
        this.model = SqlMethods.model(asked.method(), context.file());
        this.inputs = inputs;
        this.sink = sink;
        this.ended = new boolean[inputs.size()];
    }

    @Override
    public void run() {
        Future<?> limit = context.limit(this::takesTooLong);
        try {
            SqlSession session = sessions.of(context);
            interruption.of(session);
            if (context.file().statement().readsInputs()) {
                inParts(session);
            } else {
                for (Query query : read(session)) {
                    one(query, session);
                }
            }
        } catch (SQLException e) {
            failOpen(failure(e));
        } catch (RuntimeException | Error e) { // no memory, most likely: no query is to hang for it
            log.error(
                    "A batch of the SQL actor {} could not be run.",
                    context.file().name(),
                    e);
            failOpen(new Failure(ErrorCode.FAILED, "The query could not be run: " + e));
        } finally {
            limit.cancel(false);
            interruption.end();
        }
    }

    private void one(Query query, SqlSession session) {
        if (SqlMethods.streams(format, context.file())) {
            streamed(query, session);
        } else {
            alone(query, session);
        }
    }

    private List<Query> read(SqlSession session) {
        List<Query> queries = new ArrayList<>(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            try {
                queries.add(read(i, inputs.get(i), session));
            } catch (QueryException e) {
                fail(i, e.failure());
            }
        }
        return queries;
    }

    private Query read(int index, Input input, SqlSession session) {
        if (!InferMedia.isRequest(input.mediaType())) {
            return new Query(index, context.reader().read(input), null, 0);
        }
        TensorGathering gathering = tensors(index, input, session);
        return new Query(index, gathering.query().values(0), gathering, 0);
    }

    private TensorGathering tensors(int index, Input input, SqlSession session) {
        if (SqlMethods.streams(format, context.file())) {
            throw new QueryException(
                    ErrorCode.INVALID_INPUT,
                    "This method answers with a stream of Arrow, and so with no tensors: ask "
                            + context.file().name() + ":rows with them.");
        }
        return new TensorGathering(
                context, context.model().read(input.body(), input.mediaType(), model, session.columns()), index);
    }

    /** All queries in one run, but those that bring many rows: these are divided, and others fill up their last part. */
    private void inParts(SqlSession session) {
        int most = Math.max(context.file().batch(), inputs.size());
        List<Query> part = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Input input = inputs.get(i);
            try {
                if (!InferMedia.isRequest(input.mediaType())) {
                    part.add(new Query(i, context.reader().read(input), null, 0));
                    part = fullEnough(part, most, session);
                    continue;
                }
                TensorGathering gathering = tensors(i, input, session);
                if (gathering.query().rows() == 0) {
                    gathering.endEmpty(session.columns(), this);
                }
                for (int row = 0; row < gathering.query().rows() && !ended[i]; row++) {
                    part.add(new Query(i, gathering.query().values(row), gathering, row));
                    part = fullEnough(part, most, session);
                }
            } catch (QueryException e) {
                fail(i, e.failure());
            }
        }
        runOpen(part, session);
    }

    private List<Query> fullEnough(List<Query> part, int most, SqlSession session) {
        if (part.size() < most) {
            return part;
        }
        runOpen(part, session);
        return new ArrayList<>();
    }

    /** One whose first rows failed waits for no others. */
    private void runOpen(List<Query> part, SqlSession session) {
        List<Query> open = part.stream().filter(query -> !ended[query.index()]).toList();
        if (!open.isEmpty()) {
            together(open, session);
        }
    }

    private void alone(Query query, SqlSession session) {
        TensorGathering gathering = query.gathering();
        RowsOfOne rows = new RowsOfOne(context, format, gathering == null ? null : gathering.query());
        try {
            attempt(session, () -> rows.read(session.execute(query.values())), () -> true);
            rows.end(this, query.index());
        } catch (SQLException e) {
            fail(query.index(), failure(e));
        } finally {
            rows.close();
        }
    }

    /** As large as it may be: its caller says how fast it comes. */
    private void streamed(Query query, SqlSession session) {
        StreamedRows rows = new StreamedRows(context, format, sink, query.index(), this::stopped);
        sink.streaming(query.index(), rows.demand());
        try {
            attempt(session, () -> rows.read(session.execute(query.values())), () -> !rows.begun());
            ended[query.index()] = true;
            sink.complete(query.index());
        } catch (SQLException e) {
            fail(query.index(), rows.demand().cancelled() ? CANCELLED : failure(e));
        }
    }

    /** Whatever fails a batch, fails one query of it alone in the end: halves are run one after the other. */
    private void together(List<Query> queries, SqlSession session) {
        RowsOfMany rows = new RowsOfMany(context, format, queries.size());
        try {
            attempt(
                    session,
                    () -> rows.read(
                            session.execute(queries.stream().map(Query::values).toList())),
                    () -> true);
        } catch (SQLException e) {
            if (queries.size() == 1 || stopped() || SqlErrors.isAway(e)) {
                Failure failure = failure(e);
                queries.forEach(query -> failRow(query, failure));
            } else {
                int middle = queries.size() / 2;
                runOpen(queries.subList(0, middle), session);
                runOpen(queries.subList(middle, queries.size()), session);
            }
            return;
        }
        rows.end(this, queries);
    }

    /** A run against the database. */
    private interface Attempt {
        void run() throws SQLException;
    }

    /** @param repeatable whether it may be run again, once it has failed */
    private void attempt(SqlSession session, Attempt attempt, BooleanSupplier repeatable) throws SQLException {
        try {
            once(session, attempt);
        } catch (SQLException e) {
            // It only reads, so it may be run again, where the database had gone away.
            // An interrupt that was meant for the run before may come as late as this, too.
            if (stopped() || !repeatable.getAsBoolean() || !(SqlErrors.isInterrupt(e) || session.reopenIfLost())) {
                throw e;
            }
            log.info("The SQL actor {} runs a query again: {}", context.file().name(), SqlErrors.line(e));
            once(session, attempt);
        }
    }

    private void once(SqlSession session, Attempt attempt) throws SQLException {
        if (stopped()) {
            throw new SQLRecoverableException("given up");
        }
        try {
            attempt.run();
        } catch (SQLException e) {
            session.afterFailure(e);
            throw e;
        } catch (RuntimeException e) { // a value that its column cannot have: of one query, as what a database refuses
            SQLException unreadable = new SQLException("its result cannot be given: " + e.getMessage(), e);
            session.afterFailure(unreadable);
            throw unreadable;
        } catch (Error e) { // no memory: what the run has in the database is not to stay there
            session.afterFailure(new SQLException(e));
            throw e;
        }
        session.finish();
    }

    private boolean stopped() {
        return givenUp || tooLong;
    }

    private Failure failure(SQLException e) {
        if (givenUp) {
            return CANCELLED;
        }
        if (tooLong) {
            return new Failure(
                    ErrorCode.EXPIRED,
                    "The query ran for longer than its file allows (@timeout), " + context.timeMillis() + " ms.");
        }
        if (SqlErrors.isAway(e)) {
            return new Failure(ErrorCode.UNAVAILABLE, "The database cannot be reached: " + SqlErrors.line(e));
        }
        return new Failure(ErrorCode.FAILED, "The database refused the query: " + SqlErrors.line(e));
    }

    /** Once: others of its rows may fail as well. */
    void fail(int index, Failure failure) {
        if (!ended[index]) {
            ended[index] = true;
            sink.fail(index, failure);
        }
    }

    /** The query of a row fails, since this row did. */
    void failRow(Query query, Failure failure) {
        TensorGathering gathering = query.gathering();
        fail(query.index(), gathering == null ? failure : gathering.query().inRow(failure, query.row()));
    }

    /** Whether it has its outcome, since a row before failed. */
    boolean hasEnded(Query query) {
        return ended[query.index()];
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
        interrupt();
    }

    private void interrupt() {
        interruption.start(context.file().name());
    }

    @Override
    public void dispose() {
        givenUp = true;
        interrupt();
        long start = System.nanoTime();
        boolean interrupted = false;
        while (true) {
            try {
                long left = Interruption.LONGEST.toNanos() - (System.nanoTime() - start);
                if (!interruption.await(left)) {
                    log.error(
                            "A run of the SQL actor {} does not end.",
                            context.file().name());
                }
                break;
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
        return interruption.isOver();
    }
}
