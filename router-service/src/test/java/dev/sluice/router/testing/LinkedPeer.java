package dev.sluice.router.testing;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.link.Identity;
import dev.sluice.common.link.Link;
import dev.sluice.common.link.LinkConnector;
import dev.sluice.common.link.LinkContext;
import dev.sluice.common.link.LinkHandler;
import dev.sluice.common.link.LinkReceiver;
import dev.sluice.common.link.LinkSettings;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.membership.CatalogueContent;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.ResultFrame.Kind;
import dev.sluice.common.wire.Role;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.netty.resources.LoopResources;

/**
 * A process that is linked with a real router over a real connection. As a host it runs the actor {@code echo}, which answers
 * with its input; all else that comes it remembers.
 */
public final class LinkedPeer implements LinkHandler, AutoCloseable {

    private static final ActorDescriptor ECHO = new ActorDescriptor(
            "echo",
            "3",
            true,
            1000,
            "fifo",
            "says what it hears",
            List.of(new MethodDescriptor("call", true, 16, 0, false, "String", "String")));

    private final BlockingQueue<Frame> frames = new LinkedTransferQueue<>();
    private final BlockingQueue<Link> links = new LinkedTransferQueue<>();
    private final BlockingQueue<String> closings = new LinkedTransferQueue<>();
    private final Role role;
    private final LinkConnector connector;
    private final Queue<BatchFrame> held = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Long> arrived = new LinkedTransferQueue<>();
    private volatile boolean holding;
    private volatile @Nullable Link current;
    private volatile @Nullable Receiver receiver;
    private volatile @Nullable Disposable renewals;

    public LinkedPeer(Role role, int routerPort, LoopResources loops) {
        this(role, routerPort, loops, LinkSettings.defaults());
    }

    public LinkedPeer(Role role, int routerPort, LoopResources loops, LinkSettings settings) {
        this.role = role;
        LinkContext context = new LinkContext(Identity.fresh(role, "test-" + role), settings, this);
        connector = new LinkConnector(context, URI.create("http://127.0.0.1:" + routerPort), loops);
        connector.start();
    }

    /** As a host: waits until it holds one more batch. */
    public void awaitBatch() throws InterruptedException {
        await(arrived);
    }

    /** As a host: works on nothing until told to. */
    public void hold() {
        holding = true;
    }

    /** As a host: works again. */
    public void work() {
        holding = false;
        Link link = current;
        Receiver receiving = receiver;
        if (link != null && receiving != null) {
            link.executor().execute(receiving::runHeld);
        }
    }

    /** The link, as soon as it is open. */
    public Link link() throws InterruptedException {
        Link link = current;
        return link == null ? await(links) : link;
    }

    /** The next frame of this type; others that come before it are forgotten. */
    public <F extends Frame> F next(Class<F> type) throws InterruptedException {
        while (true) {
            Frame frame = await(frames);
            if (type.isInstance(frame)) {
                return type.cast(frame);
            }
            if (frame instanceof Cargo cargo) {
                cargo.release();
            }
        }
    }

    /** As a frontend: waits until the router publishes the actor, which it then has heard of from a host. */
    public CatalogueContent awaitActor(String name) throws InterruptedException {
        while (true) {
            CatalogueContent catalogue =
                    MembershipJson.read(next(Frame.Catalogue.class).json(), CatalogueContent.class);
            if (catalogue.actors().stream().anyMatch(actor -> actor.name().equals(name))) {
                return catalogue;
            }
        }
    }

    private static <T> T await(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came within 30 s");
        }
        return next;
    }

    @Override
    public LinkReceiver opened(Link link) {
        current = link;
        links.add(link);
        if (role == Role.HOST) {
            renewals = Flux.interval(Duration.ZERO, Duration.ofMillis(500)).subscribe(tick -> announce(link));
        }
        Receiver receiving = new Receiver(link);
        receiver = receiving;
        return receiving;
    }

    private static void announce(Link link) {
        Announcement.Replica replica = new Announcement.Replica("echo-0", ECHO.name(), ECHO.version(), State.READY, "");
        link.send(
                new Frame.Announce(MembershipJson.write(new Announcement(4, false, List.of(ECHO), List.of(replica)))));
    }

    private final class Receiver implements LinkReceiver {
        private final Link link;

        Receiver(Link link) {
            this.link = link;
        }

        @Override
        public void received(Frame frame) {
            if (frame instanceof BatchFrame batch && holding) {
                held.add(batch);
                arrived.add(batch.batch());
            } else if (frame instanceof BatchFrame batch) {
                run(batch);
            } else {
                frames.add(frame);
            }
        }

        void runHeld() {
            for (BatchFrame batch = held.poll(); batch != null; batch = held.poll()) {
                run(batch);
            }
        }

        private void run(BatchFrame batch) {
            link.send(new Frame.Started(batch.batch()));
            for (BatchItem item : batch.items()) {
                link.enqueue(new ResultFrame(
                        item.exchange(),
                        Kind.ONLY,
                        item.meta().mediaType(),
                        item.body().retain()));
            }
            batch.release();
            link.send(new Frame.Done(batch.batch(), 1_000_000));
        }

        @Override
        public void closed(String reason) {
            Disposable ticking = renewals;
            if (ticking != null) {
                ticking.dispose();
            }
            closings.add(reason);
        }
    }

    /** Why the link ended, as soon as it has. */
    public String closing() throws InterruptedException {
        return await(closings);
    }

    @Override
    public void close() {
        connector.dispose();
    }
}
