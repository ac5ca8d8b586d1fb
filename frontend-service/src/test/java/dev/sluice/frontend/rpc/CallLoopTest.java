package dev.sluice.frontend.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallLoopTest {

    private final List<String> heard = new ArrayList<>();

    private final CallLoop loop = new CallLoop(Runnable::run) {
        @Override
        protected void fault(Throwable cause) {
            heard.add("fault: " + cause.getMessage());
        }
    };

    @Test
    void tellsOfEachFaultAndGoesOnWithWhatComesNext() {
        loop.post(() -> {
            throw new IllegalStateException("one");
        });
        loop.post(() -> {
            throw new StackOverflowError("two");
        });
        loop.post(() -> heard.add("done"));
        assertThat(heard).containsExactly("fault: one", "fault: two", "done");
    }
}
