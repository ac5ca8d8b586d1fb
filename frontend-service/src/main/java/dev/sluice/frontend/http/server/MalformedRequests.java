package dev.sluice.frontend.http.server;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.http.problem.ProblemJson;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import reactor.netty.NettyPipeline;

/**
 * Gives the server's answer to what it could not even parse as HTTP the same shape as every other error. It is the only
 * one without a body that ends its connection.
 */
public final class MalformedRequests extends ChannelOutboundHandlerAdapter {

    private final QueryMetrics metrics;

    private MalformedRequests(QueryMetrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Adds itself to an HTTP/1 connection; does nothing for others.
     *
     * @param metrics counts such requests: in the log, anybody could write as much as they like
     */
    public static void answer(Channel connection, QueryMetrics metrics) {
        if (connection.pipeline().get(NettyPipeline.HttpTrafficHandler) != null) {
            connection
                    .pipeline()
                    .addBefore(
                            NettyPipeline.HttpTrafficHandler,
                            "sluice.malformed-requests",
                            new MalformedRequests(metrics));
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message.getClass() == DefaultFullHttpResponse.class && isBare((FullHttpResponse) message)) {
            FullHttpResponse response = (FullHttpResponse) message;
            metrics.refused(Protocol.HTTP, code(response.status().code()));
            // More of what was sent may still come: closed at once, the connection would be reset, and nobody read
            // this.
            LingeringClose.prepare(context.channel());
            context.write(withProblem(response), promise);
        } else {
            context.write(message, promise);
        }
    }

    private static boolean isBare(FullHttpResponse response) {
        return response.status().code() >= 400
                && !response.content().isReadable()
                && !HttpUtil.isKeepAlive(response)
                && !response.headers().contains(HttpHeaderNames.CONTENT_TYPE)
                && "0".equals(response.headers().get(HttpHeaderNames.CONTENT_LENGTH));
    }

    private static FullHttpResponse withProblem(FullHttpResponse response) {
        int status = response.status().code();
        Problem problem = Problem.of(status, detail(status), null);
        ByteBuf body = Unpooled.wrappedBuffer(ProblemJson.bytes(problem));
        response.release();
        FullHttpResponse answer = response.replace(body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        return answer;
    }

    private static ErrorCode code(int status) {
        return status == 400 ? ErrorCode.INVALID_INPUT : ErrorCode.TOO_LARGE;
    }

    private static String detail(int status) {
        return switch (status) {
            case 414 -> "The request's first line is too long.";
            case 431 -> "The request's headers are too large.";
            default -> "This is not valid HTTP.";
        };
    }
}
