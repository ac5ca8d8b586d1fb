package dev.sluice.common.link;

import io.netty.channel.Channel;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.MediaType;
import reactor.netty.http.Http2SettingsSpec;

/** The HTTP that links are made of, the same at both ends. */
public final class LinkHttp {

    /** Where routers accept links. */
    public static final String PATH = "/link";

    static final MediaType MEDIA_TYPE = MediaType.parseMediaType("application/vnd.sluice.link");

    private static final int WINDOW_BYTES = 8 * 1024 * 1024;
    private static final int HTTP_FRAME_BYTES = 128 * 1024;

    private LinkHttp() {}

    /** Windows that never stall a link, since its own credit bounds what is on its way. */
    public static void settings(Http2SettingsSpec.Builder settings) {
        settings.initialWindowSize(WINDOW_BYTES).maxFrameSize(HTTP_FRAME_BYTES);
    }

    /** For each connection that may carry a link, when it is there. */
    public static void connection(Channel connection) {
        connection.pipeline().addLast(BrokenConnection.INSTANCE);
    }

    static NettyDataBufferFactory buffers() {
        return new NettyDataBufferFactory(io.netty.buffer.PooledByteBufAllocator.DEFAULT);
    }
}
