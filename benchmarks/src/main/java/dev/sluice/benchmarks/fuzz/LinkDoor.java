package dev.sluice.benchmarks.fuzz;

import dev.sluice.common.link.LinkProbe;
import dev.sluice.common.link.LinkProbe.Heard;
import dev.sluice.common.link.LinkProbe.Said;
import dev.sluice.common.link.LinkProbe.Then;
import dev.sluice.common.wire.Role;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The link of a router, for a peer that belongs to the cluster and talks nonsense, as a frontend or as a host: on every link a right
 * query is answered first, so that what is changed comes to a link that is open.
 */
final class LinkDoor implements Door {

    private static final long PATIENCE_SECONDS = 60;
    private static final int MOST_PIECE = 80;
    private static final byte[] RIGHT_HELLO = new byte[0];
    private static final byte[] OPENED = {'4', '2'};

    private final LinkProbe probe;
    /** Links that fell silent, and that the router has to end when their lease is over: not to be waited for one by one. */
    private final Deque<Sent> silent = new ArrayDeque<>();

    private long links;

    LinkDoor(URI router) {
        probe = new LinkProbe(router);
    }

    /** What was sent, and what was changed in it. */
    private record Sent(Said said, byte[] frames, LinkTalk talk, boolean valid, CompletableFuture<Heard> ended) {

        @Override
        public String toString() {
            return "a " + said.role() + " that will " + said.then() + ", hello " + hex(said.hello()) + ", frames "
                    + hex(frames);
        }

        private static String hex(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
    }

    @Override
    public String name() {
        return "link";
    }

    @Override
    public void send(Changes changes, Tally tally) throws Wrong {
        Sent sent = sent(changes);
        if (sent.said.then() == Then.FALL_SILENT) {
            silent.add(sent);
            sent = silent.peek();
            if (sent == null || !sent.ended.isDone()) {
                return;
            }
            silent.remove();
        }
        judge(sent, tally);
    }

    private Sent sent(Changes changes) {
        Role role = changes.once(2) ? Role.FRONTEND : Role.HOST;
        if (changes.once(10)) {
            return sent(role, RIGHT_HELLO, LinkFrames.valid(role, changes), true, Then.LEAVE, changes);
        }
        byte[] frames = changes.bytes(LinkFrames.nearlyValid(role, changes));
        // Now and then it is the first word already.
        byte[] hello = changes.once(10) ? frames : RIGHT_HELLO;
        boolean quiet = changes.once(10);
        Then then = LinkTalk.of(frames).damaged() ? Then.STAY : quiet ? Then.FALL_SILENT : Then.LEAVE;
        return sent(role, hello, frames, false, then, changes);
    }

    private Sent sent(Role role, byte[] hello, byte[] frames, boolean valid, Then then, Changes changes) {
        LinkTalk talk = LinkTalk.of(frames);
        boolean first = hello.length > 0;
        Said said = new Said(
                role,
                "fuzzed-" + ++links,
                hello,
                LinkFrames.OPENER,
                first ? List.of() : pieces(frames, changes),
                first ? 0 : talk.answers(),
                then);
        return new Sent(said, frames, talk, valid, probe.send(said));
    }

    /** As they might be received. */
    private static List<byte[]> pieces(byte[] bytes, Changes changes) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int end = changes.once(3) ? bytes.length : Math.min(bytes.length, at + 1 + changes.below(MOST_PIECE));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }

    private static void judge(Sent sent, Tally tally) throws Wrong {
        Heard heard = heard(sent);
        String wrongResult = sent.talk.wrongResult(heard);
        if (!wrongResult.isEmpty()) {
            throw new Wrong(wrongResult).to(sent);
        }
        if (sent.said.hello().length > 0) {
            tally.turnedAway();
            return;
        }
        if (!Arrays.equals(heard.opened(), OPENED)) {
            throw new Wrong("the right query before it was answered " + text(heard.opened())).to(sent);
        }
        boolean answered = sent.talk.isAnswered(heard);
        if (sent.valid && !(answered && heard.failures().isEmpty())) {
            throw new Wrong("nothing was wrong, and the failures were " + heard.failures() + ", the pongs "
                            + heard.pongs() + ", the results for "
                            + heard.results().keySet())
                    .to(sent);
        }
        if (answered && sent.talk.answers() > 0) {
            tally.answered();
        } else {
            tally.refused();
        }
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "not at all" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static Heard heard(Sent sent) throws Wrong {
        try {
            return sent.ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException hangs) {
            sent.ended.cancel(true);
            throw new Wrong("the link does not end within " + PATIENCE_SECONDS + " s").to(sent);
        } catch (ExecutionException e) {
            throw new Wrong("no link: " + e.getCause()).to(sent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Wrong("interrupted").to(sent);
        }
    }

    @Override
    public void finish(Tally tally) {
        while (!silent.isEmpty()) {
            Sent sent = silent.remove();
            try {
                judge(sent, tally);
            } catch (Wrong wrong) {
                tally.wrong(String.valueOf(wrong.getMessage()));
            }
        }
    }

    @Override
    public void close() {
        silent.forEach(sent -> sent.ended.cancel(true));
    }
}
