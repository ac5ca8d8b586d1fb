package dev.sluice.common.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.Meta;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void readsWhatTheStandardSays() {
        TraceContext context = TraceContext.of(PARENT, "vendor=a:b,other=1");
        assertThat(context.traceparent()).isEqualTo(PARENT);
        assertThat(context.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(context.spanId()).isEqualTo("b7ad6b7169203331");
        assertThat(context.sampled()).isTrue();
        assertThat(context.tracestate()).isEqualTo("vendor=a:b,other=1");
        assertThat(TraceContext.of(PARENT.replace("-01", "-02"), null).sampled())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cc", "01", "fe"})
    void takesOfALaterVersionWhatItKnows(String version) {
        String later = version + PARENT.substring(2);
        assertThat(TraceContext.of(later, null).traceparent()).isEqualTo(PARENT);
        assertThat(TraceContext.of(later + "-what-will-be", null).traceparent()).isEqualTo(PARENT);
        assertThat(TraceContext.of(later + ".what-will-be", null)).isSameAs(TraceContext.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
                "0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333\u0661-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0\n"
            })
    void hasNoTraceWhereThatIsNone(String traceparent) {
        assertThat(TraceContext.of(traceparent, "vendor=1")).isSameAs(TraceContext.NONE);
        assertThat(TraceContext.NONE.traceId()).isEmpty();
        assertThat(TraceContext.NONE.spanId()).isEmpty();
        assertThat(TraceContext.NONE.sampled()).isFalse();
    }

    @Test
    void dropsAStateThatIsTooLongOrNoText() {
        assertThat(TraceContext.of(PARENT, "a".repeat(512)).tracestate()).hasSize(512);
        assertThat(TraceContext.of(PARENT, "a".repeat(513)).tracestate()).isEmpty();
        assertThat(TraceContext.of(PARENT, "a=b\r\nx: y").tracestate()).isEmpty();
        assertThat(TraceContext.of(PARENT, "a=ü").tracestate()).isEmpty();
        assertThat(TraceContext.of(PARENT, "a=ü").traceparent()).isEqualTo(PARENT);
    }

    @Test
    void travelsInTheHeadersOfAQuery() {
        TraceContext context = TraceContext.of(PARENT, "vendor=1");
        Map<String, String> headers = new LinkedHashMap<>(Map.of(TraceContext.TRACEPARENT, "old"));
        context.putInto(headers);
        assertThat(TraceContext.of(new Meta("", "", "", headers))).isEqualTo(context);
        TraceContext.NONE.putInto(headers);
        assertThat(headers).isEmpty();
        assertThat(TraceContext.of(new Meta("", "", ""))).isSameAs(TraceContext.NONE);
    }
}
