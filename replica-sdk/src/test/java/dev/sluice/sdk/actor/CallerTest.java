package dev.sluice.sdk.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.trace.TraceContext;
import dev.sluice.common.wire.Meta;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What user code logs says for which query. */
class CallerTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @AfterEach
    void leaves() {
        Caller.enter(null);
        assertThat(MDC.get("query.id")).isNull();
        assertThat(MDC.get("trace.id")).isNull();
    }

    @Test
    void putsTheQueryAndItsTraceIntoWhatIsLogged() {
        Map<String, String> headers = new LinkedHashMap<>();
        TraceContext.of("00-" + TRACE + "-b7ad6b7169203331-00", null).putInto(headers);
        Caller.enter(new Caller("a", new Meta("", "q-1", "", headers), 0));
        assertThat(MDC.get("query.id")).isEqualTo("q-1");
        assertThat(MDC.get("trace.id")).isEqualTo(TRACE);
        Caller before = Caller.enter(new Caller("a", new Meta("", "q-2", ""), 0));
        assertThat(MDC.get("query.id")).isEqualTo("q-2");
        assertThat(MDC.get("trace.id")).isNull();
        Caller.enter(before);
        assertThat(MDC.get("query.id")).isEqualTo("q-1");
        assertThat(MDC.get("trace.id")).isEqualTo(TRACE);
    }
}
