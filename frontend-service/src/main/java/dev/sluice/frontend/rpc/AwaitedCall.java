package dev.sluice.frontend.rpc;

import dev.sluice.common.error.QueryException;
import io.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call that waits until it is known who sends it. What happens to it meanwhile is told to its service once that has begun. */
final class AwaitedCall<Q> extends CallLoop {

    private static final Logger log = LoggerFactory.getLogger(AwaitedCall.class);

    // only the loop touches these
    private final List<Consumer<ServerCall.Listener<Q>>> meanwhile = new ArrayList<>();
    private ServerCall.@Nullable Listener<Q> service;
    private boolean over;

    AwaitedCall(Executor executor) {
        super(executor);
    }

    /**
     * @param starts the service
     * @param refused told where it cannot start
     */
    void begin(Supplier<ServerCall.Listener<Q>> starts, Consumer<QueryException> refused) {
        post(() -> {
            if (over) {
                return;
            }
            ServerCall.Listener<Q> started;
            try {
                started = starts.get();
            } catch (QueryException e) {
                over = true;
                refused.accept(e);
                return;
            }
            service = started;
            meanwhile.forEach(event -> event.accept(started));
            meanwhile.clear();
        });
    }

    void refuse(Runnable ends) {
        post(() -> {
            if (!over) {
                over = true;
                ends.run();
            }
        });
    }

    private void tell(Consumer<ServerCall.Listener<Q>> event) {
        post(() -> {
            if (service != null) {
                event.accept(service);
            } else {
                meanwhile.add(event);
            }
        });
    }

    /** Nothing has begun that would have to hear of it. */
    private void gone() {
        post(() -> {
            if (service != null) {
                service.onCancel();
            } else {
                over = true;
            }
        });
    }

    @Override
    protected void fault(Throwable cause) {
        log.error("A call over gRPC failed in this frontend", cause);
    }

    ServerCall.Listener<Q> listener() {
        return new ServerCall.Listener<>() {

            @Override
            public void onMessage(Q message) {
                tell(listener -> listener.onMessage(message));
            }

            @Override
            public void onHalfClose() {
                tell(ServerCall.Listener::onHalfClose);
            }

            @Override
            public void onCancel() {
                gone();
            }

            @Override
            public void onComplete() {
                tell(ServerCall.Listener::onComplete);
            }

            @Override
            public void onReady() {
                tell(ServerCall.Listener::onReady);
            }
        };
    }
}
