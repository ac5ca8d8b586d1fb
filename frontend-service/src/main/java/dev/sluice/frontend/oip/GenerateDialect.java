package dev.sluice.frontend.oip;

import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.http.ReceivedBody;
import dev.sluice.frontend.http.Responder;
import dev.sluice.frontend.http.StreamForm;
import dev.sluice.frontend.http.envelope.JsonResult;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryCall;
import dev.sluice.frontend.query.QueryOptions;
import dev.sluice.frontend.query.model.Model;
import io.netty.buffer.ByteBufAllocator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/** {@code POST .../generate} and {@code .../generate_stream}: the actor gets the input's JSON, as from the native protocol. */
final class GenerateDialect extends OipDialect {

    private final boolean events;
    private @Nullable GenerateAnswers answers;

    GenerateDialect(OipPath path, Gateway gateway, long mostBytes) {
        super(path, gateway, mostBytes);
        this.events = path.resource() == OipPath.Resource.GENERATE_STREAM;
    }

    @Override
    public void readHead(HttpServerRequest request, Caller caller) {
        super.readHead(request, caller);
        if (head().jsonLength() >= 0) {
            throw QueryOptions.invalid("A request to generate is JSON alone; leave " + OipHead.JSON_LENGTH + " out.");
        }
        if (method().streamsOneBody()) {
            throw QueryOptions.invalid(
                    "The model " + head().model().name() + " gives one body of " + method().outputType()
                            + "; ask for it by POST /" + head().model().actor().name() + ".");
        }
    }

    @Override
    QueryCall call(ReceivedBody body, String id) {
        Model model = head().model();
        GenerateRequest request;
        try {
            request = GenerateRequest.read(body.bytes(), model);
        } catch (RuntimeException | Error e) {
            body.release();
            throw e;
        }
        String version = head().version();
        answers = new GenerateAnswers(model, version != null ? version : model.version(), request);
        String own = request.id();
        return call(
                body.bytes().slice(request.inputStart(), request.inputEnd() - request.inputStart()),
                body.charge(),
                JsonResult.JSON,
                request.parameters(),
                own != null && QueryOptions.isId(own) ? own : id);
    }

    @Override
    public @Nullable StreamForm stream() {
        return events ? new GenerateEvents(answers()) : null;
    }

    @Override
    public void answer(Answer answer, Responder responder, ByteBufAllocator allocator) {
        responder.answer(answers().json(allocator, answer), JsonResult.JSON);
    }

    private GenerateAnswers answers() {
        return Objects.requireNonNull(answers, "read before");
    }
}
