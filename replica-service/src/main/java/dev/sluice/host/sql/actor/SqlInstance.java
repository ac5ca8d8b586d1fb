package dev.sluice.host.sql.actor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.host.sql.actor.SqlRun.Asked;
import dev.sluice.host.sql.file.Format;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.BatchSink;
import dev.sluice.sdk.actor.Input;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * One replica: a connection and the thread that waits for it, since a database that is at work hears of no thread's interrupt, and whoever
 * gives up its batch has to tell it.
 */
final class SqlInstance implements ActorInstance {

    private final SqlVersion version;
    private final ExecutorService thread;
    private SqlSession session;
    private volatile Disposable running = Disposables.disposed();

    /** @throws SQLException where the database refuses the statement */
    SqlInstance(SqlVersion version) throws SQLException {
        this.version = version;
        this.session = FirstSession.of(version);
        version.prepared(session);
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread next = new Thread(work, "sql-" + version.file().name());
            next.setDaemon(true);
            return next;
        });
    }

    @Override
    public Disposable run(String method, List<Input> inputs, BatchSink sink) {
        SqlContext context = version.current();
        Format format = SqlMethods.format(method, context.file());
        if (format == null) {
            fail(inputs, sink, new Failure(ErrorCode.NOT_FOUND, "A SQL actor has no method \"" + method + "\"."));
            return Disposables.disposed();
        }
        SqlRun run = new SqlRun(context, this::session, new Asked(method, format), inputs, sink);
        running = run;
        thread.execute(run);
        return run;
    }

    /** Another one where the file has changed. On the thread. */
    private SqlSession session(SqlContext context) throws SQLException {
        if (!session.context().equals(context)) {
            SqlSession next = new SqlSession(context);
            session.close();
            session = next;
        }
        return session;
    }

    private static void fail(List<Input> inputs, BatchSink sink, Failure failure) {
        for (int i = 0; i < inputs.size(); i++) {
            sink.fail(i, failure);
        }
    }

    /** Takes a new connection where the old one is lost. */
    @Override
    public void check() throws Exception {
        try {
            thread.submit(() -> {
                        session.check();
                        return null;
                    })
                    .get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SQLException away ? away : e;
        }
    }

    /** Nobody waits any more for what runs. */
    @Override
    public void close() {
        running.dispose();
        thread.execute(() -> session.close());
        thread.shutdown();
    }
}
