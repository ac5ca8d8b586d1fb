package dev.sluice.host.sql;

import dev.sluice.host.sql.engine.Source;
import dev.sluice.host.sql.file.Parameter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A database that goes away, does not answer, or is late with an interrupt. */
final class FaultySource implements Source {

    private final Source real;
    final Semaphore opened = new Semaphore(0);
    final Semaphore cancels = new Semaphore(0);
    final CountDownLatch heard = new CountDownLatch(1);
    volatile boolean away;
    volatile boolean deaf;
    volatile boolean interruptedLate;

    FaultySource(Source real) {
        this.real = real;
    }

    @Override
    public Connection open() throws SQLException {
        opened.release();
        if (away) {
            throw new SQLException("There is nobody.", "08001");
        }
        return new OneConnection(real.open()).proxy();
    }

    /** One that a run can hang on, until it is aborted. */
    private final class OneConnection {

        private final Connection connection;
        private final CountDownLatch aborted = new CountDownLatch(1);

        OneConnection(Connection connection) {
            this.connection = connection;
        }

        Connection proxy() {
            return proxied(Connection.class, this::ofConnection);
        }

        private Object ofConnection(Method method, Object[] arguments) throws Throwable {
            switch (method.getName()) {
                case "prepareStatement" -> {
                    PreparedStatement statement = (PreparedStatement) real(connection, method, arguments);
                    return proxied(PreparedStatement.class, (called, with) -> ofStatement(statement, called, with));
                }
                case "isValid" -> {
                    return !away && aborted.getCount() > 0 && !connection.isClosed();
                }
                case "abort" -> {
                    aborted.countDown();
                    return null;
                }
                default -> {
                    return real(connection, method, arguments);
                }
            }
        }

        private Object ofStatement(PreparedStatement statement, Method method, Object[] arguments) throws Throwable {
            switch (method.getName()) {
                case "executeQuery" -> {
                    if (away) {
                        throw new SQLException("It is gone.", "08006");
                    }
                    if (interruptedLate) {
                        interruptedLate = false;
                        throw new SQLTimeoutException("Query interrupted");
                    }
                    if (deaf) {
                        aborted.await();
                        throw new SQLException("It was aborted.", "08006");
                    }
                }
                case "cancel" -> {
                    if (deaf) {
                        cancels.release();
                        heard.await();
                        return null;
                    }
                }
                default -> {}
            }
            return real(statement, method, arguments);
        }
    }

    private interface Call {
        Object of(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxied(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.of(method, arguments)));
    }

    private static Object real(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public void check(String sql) {
        real.check(sql);
    }

    @Override
    public String inputs(List<Parameter> parameters) {
        return real.inputs(parameters);
    }

    @Override
    public boolean hides(SQLException failure) {
        return real.hides(failure);
    }

    @Override
    public SQLException hidden(SQLException failure, PreparedStatement again) {
        return real.hidden(failure, again);
    }

    @Override
    public void close() {
        real.close();
    }
}
