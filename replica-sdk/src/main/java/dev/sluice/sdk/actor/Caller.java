package dev.sluice.sdk.actor;

import dev.sluice.common.actor.CallPath;
import dev.sluice.common.actor.CallPath.Waits;
import dev.sluice.common.trace.TraceContext;
import dev.sluice.common.wire.Meta;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import reactor.util.context.Context;

/**
 * On whose behalf an actor works: a query, as far as the calls are concerned that the actor makes for it.
 *
 * @param actor that works, by its published name
 * @param meta of the query
 * @param deadlineNanos of its answer, by {@link System#nanoTime()}
 * @param waits what the actor's replica does until a call that is made now has ended
 */
public record Caller(String actor, Meta meta, long deadlineNanos, Waits waits) {

    private static final ThreadLocal<@Nullable Caller> CURRENT = new ThreadLocal<>();

    /** Under these, what user code logs has the id of its query, and of its trace. Of a batch those of the first. */
    private static final String QUERY_ID = "query.id";

    private static final String TRACE_ID = "trace.id";

    /** One whose calls keep the replica. */
    public Caller(String actor, Meta meta, long deadlineNanos) {
        this(actor, meta, deadlineNanos, Waits.HELD);
    }

    /** The one for which this thread works; null where it works for none. */
    public static @Nullable Caller current() {
        return CURRENT.get();
    }

    /**
     * This thread works for another one from now on.
     *
     * @return the one before it, to be put back
     */
    public static @Nullable Caller enter(@Nullable Caller next) {
        Caller before = CURRENT.get();
        if (next == null) {
            CURRENT.remove();
            MDC.remove(QUERY_ID);
            MDC.remove(TRACE_ID);
        } else {
            CURRENT.set(next);
            putOrRemove(QUERY_ID, next.meta.id());
            putOrRemove(TRACE_ID, TraceContext.of(next.meta).traceId());
        }
        return before;
    }

    private static void putOrRemove(String key, String value) {
        if (value.isEmpty()) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }

    /** Of a batch: as long as the one that has longest; the tenant, if they have one in common; the trace of the first. */
    public static @Nullable Caller ofAll(List<Input> inputs) {
        List<Caller> all =
                inputs.stream().map(Input::caller).filter(Objects::nonNull).toList();
        return switch (all.size()) {
            case 0 -> null;
            case 1 -> all.get(0);
            default -> together(all);
        };
    }

    private static Caller together(List<Caller> all) {
        Caller first = all.get(0);
        Meta meta = first.meta;
        long last = first.deadlineNanos;
        boolean sameTenant = true;
        List<CallPath> paths = new ArrayList<>(all.size());
        for (Caller each : all) {
            last = each.deadlineNanos - last > 0 ? each.deadlineNanos : last;
            sameTenant &= each.meta.tenant().equals(meta.tenant());
            paths.add(each.path());
        }
        String tenant = sameTenant ? meta.tenant() : "";
        CallPath path = CallPath.together(paths);
        Meta shared = new Meta(meta.mediaType(), meta.id(), tenant, path.over(meta.headers()));
        return new Caller(first.actor, shared, last, first.waits);
    }

    private CallPath path() {
        return CallPath.of(meta);
    }

    /** The same, once its replica takes other batches while calls are waited for. */
    public Caller freed() {
        return new Caller(actor, meta, deadlineNanos, Waits.FREE);
    }

    /** For what goes on later, on any thread, on this one's behalf. */
    public static Context context(@Nullable Caller caller) {
        return caller == null ? Context.empty() : Context.of(Caller.class, caller);
    }

    /** The way of a call that is made now. */
    public CallPath pathOfCalls() {
        return path().then(actor, waits);
    }
}
