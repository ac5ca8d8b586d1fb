package dev.sluice.common.link;

import dev.sluice.common.link.LinkEnd.Side;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Accepts links: one POST whose body and answer both stay open. */
public final class LinkEndpoint implements HandlerFunction<ServerResponse> {

    private final LinkContext context;

    public LinkEndpoint(LinkContext context) {
        this.context = context;
    }

    @Override
    public Mono<ServerResponse> handle(ServerRequest request) {
        ServerHttpRequest raw = request.exchange().getRequest();
        HttpServerRequest netty = ServerHttpRequestDecorator.getNativeRequest(raw);
        Channel[] channel = new Channel[1];
        netty.withConnection(connection -> channel[0] = connection.channel());
        LinkEnd connection = new LinkEnd(channel[0], Side.ACCEPTED, String.valueOf(raw.getRemoteAddress()));
        LinkSession session = new LinkSession(context, connection, PooledByteBufAllocator.DEFAULT, System::nanoTime);
        raw.getBody().map(NettyDataBufferFactory::toByteBuf).subscribe(session);
        NettyDataBufferFactory buffers = LinkHttp.buffers();
        return ServerResponse.ok()
                .contentType(LinkHttp.MEDIA_TYPE)
                .body((response, ignored) ->
                        response.writeWith(Flux.from(session.outbound()).map(buffers::wrap)));
    }
}
