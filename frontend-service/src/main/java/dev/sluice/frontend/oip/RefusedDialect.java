package dev.sluice.frontend.oip;

import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.http.ReceivedBody;
import dev.sluice.frontend.http.Responder;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryCall;
import io.netty.buffer.ByteBufAllocator;
import reactor.netty.http.server.HttpServerRequest;

/** A request that is refused whatever its body says, which therefore is not read. */
final class RefusedDialect extends OipDialect {

    private final RuntimeException refusal;

    RefusedDialect(OipPath path, Gateway gateway, RuntimeException refusal) {
        super(path, gateway, 0);
        this.refusal = refusal;
    }

    @Override
    public void readHead(HttpServerRequest request, Caller caller) {
        throw refusal;
    }

    @Override
    QueryCall call(ReceivedBody body, String id) {
        throw new IllegalStateException("refused before");
    }

    @Override
    public void answer(Answer answer, Responder responder, ByteBufAllocator allocator) {
        throw new IllegalStateException("refused before");
    }
}
