package dev.sluice.frontend.rpc;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.SlowInput;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** The calls of a server while they are open; looks once in a while for those whose message stands still, so that none needs a timer. */
public final class Arrivals extends ServerStreamTracer.Factory implements AutoCloseable {

    private final Supplier<RetainedBytes> retained;
    private final Set<ArrivingBytes> open = ConcurrentHashMap.newKeySet();
    private final Disposable looks;

    /**
     * @param retained where bytes count
     * @param limit how long a message may stand still, or all but; it is found out within twice that
     * @param setting of the limit
     */
    public Arrivals(Supplier<RetainedBytes> retained, Duration limit, String setting) {
        this.retained = retained;
        Failure late = new Failure(
                ErrorCode.INVALID_INPUT,
                "The message began and did not go on, or only just, for " + limit.toMillis() + " ms (" + setting
                        + ").");
        long least = SlowInput.leastBytes(limit);
        looks = Flux.interval(limit)
                .onBackpressureDrop()
                .subscribe(count -> open.forEach(call -> call.look(least, late)));
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        ArrivingBytes call = new ArrivingBytes(retained.get(), open::remove);
        open.add(call);
        return call;
    }

    @Override
    public void close() {
        looks.dispose();
    }
}
