package dev.sluice.frontend.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import io.grpc.ServerCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class AwaitedCallTest {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> seen = new ArrayList<>();
    private final AwaitedCall<String> call =
            new AwaitedCall<>(tasks::add, failure -> seen.add("refused " + failure.code()));

    private final ServerCall.Listener<String> service = new ServerCall.Listener<>() {

        @Override
        public void onMessage(String message) {
            seen.add(message);
        }

        @Override
        public void onHalfClose() {
            seen.add("half closed");
        }

        @Override
        public void onCancel() {
            seen.add("cancelled");
        }

        @Override
        public void onComplete() {
            seen.add("complete");
        }

        @Override
        public void onReady() {
            seen.add("ready");
        }
    };

    private List<String> seen() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        return seen;
    }

    @Test
    void tellsTheServiceWhatHappenedMeanwhileAndFromThenOn() {
        call.listener().onReady();
        call.listener().onHalfClose();
        assertThat(seen()).isEmpty();

        call.begin(() -> service);
        call.listener().onMessage("a message");
        call.listener().onComplete();

        assertThat(seen()).containsExactly("ready", "half closed", "a message", "complete");
    }

    @Test
    void doesNotBeginForACallerWhoIsGone() {
        call.listener().onCancel();
        call.begin(() -> {
            seen.add("begun");
            return service;
        });
        call.refuse(new QueryException(ErrorCode.UNAUTHENTICATED, "Late."));

        assertThat(seen()).isEmpty();
    }

    @Test
    void isRefusedOnceAndThenNothingIsTold() {
        call.refuse(new QueryException(ErrorCode.UNAUTHENTICATED, "Nobody knows you."));
        call.listener().onComplete();
        call.begin(() -> service);

        assertThat(seen()).containsExactly("refused UNAUTHENTICATED");
    }

    @Test
    void endsWhereItsServiceCannotBegin() {
        call.begin(() -> {
            throw new QueryException(ErrorCode.INVALID_INPUT, "No such priority.");
        });

        assertThat(seen()).containsExactly("refused INVALID_INPUT");
    }

    @Test
    void tellsAServiceThatHasBegunThatItsCallerIsGone() {
        call.begin(() -> service);
        call.listener().onCancel();

        assertThat(seen()).containsExactly("cancelled");
    }
}
