package dev.sluice.frontend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.trace.TraceContext;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.http.MediaTypes.BodyKind;
import dev.sluice.frontend.query.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryInputTest {

    private final RetainedBytes retained = new RetainedBytes(100);

    @Test
    void isASliceOfTheBodyNotACopy() {
        ByteBuf body = buffer("{\"input\": [1, 2]}");
        QueryInput input = QueryInput.of(head(BodyKind.ENVELOPE), received(body), 100);
        body.setByte(11, '7');
        assertThat(input.bytes().toString(StandardCharsets.UTF_8)).isEqualTo("[7, 2]");
        input.bytes().release();
        assertThat(body.refCnt()).isZero();
    }

    @Test
    void isASliceOfABodyThatCameInPartsToo() {
        ByteBuf second = buffer("ut\": [1, 2]}");
        CompositeByteBuf body = ByteBufAllocator.DEFAULT
                .compositeBuffer()
                .addComponent(true, buffer("{\"inp"))
                .addComponent(true, second);
        QueryInput input = QueryInput.of(head(BodyKind.ENVELOPE), received(body), 100);
        second.setByte(6, '7');
        assertThat(input.bytes().toString(StandardCharsets.UTF_8)).isEqualTo("[7, 2]");
        input.bytes().release();
        assertThat(second.refCnt()).isZero();
    }

    @Test
    void releasesABodyThatItRefuses() {
        ByteBuf malformed = buffer("{\"input\": ");
        assertThatThrownBy(() -> QueryInput.of(head(BodyKind.ENVELOPE), received(malformed), 100))
                .isInstanceOf(QueryException.class);
        assertThat(malformed.refCnt()).isZero();
        ByteBuf large = buffer("123456");
        assertThatThrownBy(() -> QueryInput.of(head(BodyKind.BARE), received(large), 5))
                .isInstanceOf(QueryException.class);
        assertThat(large.refCnt()).isZero();
        assertThat(retained.held()).isZero();
    }

    private ReceivedBody received(ByteBuf body) {
        long charge = body.readableBytes();
        assertThat(retained.take(charge)).isTrue();
        return new ReceivedBody(body, charge, retained);
    }

    private static ByteBuf buffer(String text) {
        return ByteBufAllocator.DEFAULT.directBuffer().writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RequestHead head(BodyKind kind) {
        MethodDescriptor call = new MethodDescriptor("call", false, 1, 0, false, "long", "long");
        ActorDescriptor actor = new ActorDescriptor("vadder", "1", false, 30_000, "fifo", "", List.of(call));
        return new RequestHead(
                new Target(actor, call),
                kind,
                "text/plain",
                0,
                0,
                null,
                Caller.ANONYMOUS,
                false,
                false,
                TraceContext.NONE);
    }
}
