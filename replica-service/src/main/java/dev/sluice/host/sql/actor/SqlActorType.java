package dev.sluice.host.sql.actor;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.actor.SchedulerNames;
import dev.sluice.host.sql.engine.Source;
import dev.sluice.host.sql.engine.SqlErrors;
import dev.sluice.host.sql.file.SqlFile;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.actor.Example;
import dev.sluice.sdk.annotated.AnnotatedActors;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/** An actor made of a file. It only reads, so its queries may be run again. */
public final class SqlActorType implements ActorType {

    private final SqlVersion version;

    public SqlActorType(SqlVersion version) {
        this.version = version;
    }

    /** Of a file that never changes, as {@link SqlVersion} says. */
    public SqlActorType(SqlFile file, Source source, ByteBufAllocator allocator, ScheduledExecutorService timers) {
        this(new SqlVersion(file, source, allocator, timers));
    }

    @Override
    public ActorDescriptor descriptor() {
        SqlFile file = version.file();
        return new ActorDescriptor(
                file.name(),
                file.version(),
                true,
                file.slo() == null
                        ? AnnotatedActors.DEFAULT_SLO_MILLIS
                        : file.slo().toMillis(),
                SchedulerNames.DEADLINE,
                file.description(),
                SqlMethods.of(file, version.columns()));
    }

    @Override
    public List<Example> examples() {
        String example = version.file().example();
        return example == null
                ? List.of()
                : List.of(new Example(
                        MethodDescriptor.DEFAULT_NAME, example.getBytes(StandardCharsets.UTF_8), "application/json"));
    }

    @Override
    public ActorInstance create(Map<String, String> args) {
        if (!args.isEmpty()) {
            throw new IllegalArgumentException("A SQL actor takes no arguments, and has got " + args.keySet()
                    + ": its parameters come with each query.");
        }
        try {
            return new SqlInstance(version);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The SQL actor " + version.file().name() + " cannot be prepared: " + SqlErrors.line(e), e);
        }
    }
}
